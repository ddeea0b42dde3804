import type { Part, Result, Run } from '../part.ts';
import { keysTrial } from './keys.ts';
import { together } from './trial.ts';
import { treesTrial } from './trees.ts';

export const hostilePart: Part = {
  title: 'Hostile input',
  about: 'Repositories that would run something at every turn, and trees that no git would make: nothing runs before it is trusted, nothing is written outside the folder.',
  run: hostile,
};

async function hostile(run: Run): Promise<Result> {
  const { figures, failures } = together([await keysTrial(run), await treesTrial(run)]);
  return { figures, failures, lost: 0 };
}
