import type { Part, Result, Run } from '../part.ts';
import { canariesTrial } from './canaries/canaries-trial.ts';
import { addressesTrial } from './corpora/addresses-trial.ts';
import { fuzzTrial } from './fuzz/fuzz-trial.ts';
import { keysTrial } from './keys.ts';
import { together } from './trial.ts';
import { treesTrial } from './trees.ts';

export const hostilePart: Part = {
  title: 'Hostile input',
  about: 'Repositories that would run something at every turn, trees that no git would make, messages that nobody honest sends, and secrets in every field: nothing runs before it is trusted, nothing is written outside the folder, no secret is found where it is not meant to be, and the program stays up.',
  run: hostile,
};

async function hostile(run: Run): Promise<Result> {
  const { figures, failures } = together([await canariesTrial(run), await fuzzTrial(run), await addressesTrial(run), await keysTrial(run), await treesTrial(run)]);
  return { figures, failures, lost: 0 };
}
