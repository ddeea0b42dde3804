import type { Tree } from '../apply/memory-tree.ts';
import type { ModelMachine } from './model-machine.ts';
import type { Trial } from './trial.ts';

export const MOST_ROUNDS = 50;

export interface Ending {
  readonly machines: readonly [ModelMachine, ModelMachine];
  /** Every tree that was a head on the way. */
  readonly heads: readonly Tree[];
  /** `unsupported`: something stood in the way that is nobody's to move. */
  readonly end: 'rest' | 'unsupported' | 'never';
}

/** Both machines commit, merge and apply, round after round, until nothing is left to do. */
export function letConverge(trial: Trial): Ending {
  const { given, tried } = trial;
  const ada = trial.machine();
  const grace = trial.machine(given.grace);
  const machines = [ada, grace] as const;
  const heads: Tree[] = [given.base, ada.head, grace.head];
  let { base } = given;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const committed = machines.filter((machine) => machine.commit());
    heads.push(...committed.map(({ head }) => head));
    if (round > 0 && committed.length === 0) return { machines, heads, end: 'rest' };
    const { tree } = tried.merge(base, { tree: ada.head, machine: ada.name }, { tree: grace.head, machine: grace.name });
    const taken = machines.map((machine) => machine.take(tree, tried.plan));
    if (taken.includes('unsupported')) return { machines, heads, end: 'unsupported' };
    if (taken.every((each) => each === 'applied')) base = tree;
    heads.push(tree);
  }
  return { machines, heads, end: 'never' };
}
