import { Product } from '../kills/product.ts';
import type { Part, Result, Run } from '../part.ts';
import { canariesTrial } from './canaries/canaries-trial.ts';
import { addressesTrial } from './corpora/addresses-trial.ts';
import { environmentTrial } from './corpora/environment-trial.ts';
import { homeTrial } from './corpora/home-trial.ts';
import { refsTrial } from './corpora/refs-trial.ts';
import { signalsTrial } from './corpora/signals-trial.ts';
import { fuzzTrial } from './fuzz/fuzz-trial.ts';
import { keysTrial } from './keys.ts';
import { together, type Found } from './trial.ts';
import { treesTrial } from './trees.ts';

export const hostilePart: Part = {
  title: 'Hostile input',
  about:
    'Repositories that would run something at every turn, trees that no git would make; addresses, names, files of the home, signals and messages that nobody honest sends; secrets in every field: nothing runs before it is trusted, nothing is written outside the folder, no secret is found where it is not meant to be, and the program stays up and answers in words.',
  run: hostile,
};

const TRIALS: readonly ((run: Run, product: Product) => Promise<Found>)[] = [(run) => signalsTrial(run), (run, product) => canariesTrial(run, product), fuzzTrial, addressesTrial, refsTrial, homeTrial, environmentTrial, (run) => keysTrial(run), (run) => treesTrial(run)];

async function hostile(run: Run): Promise<Result> {
  const product = Product.built();
  const found: Found[] = [];
  for (const trial of TRIALS) found.push(await trial(run, product));
  const { figures, failures } = together(found);
  return { figures, failures, lost: 0 };
}
