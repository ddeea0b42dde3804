import fc from 'fast-check';
import type { Operation } from './operation.ts';
import { randomOperation } from './random-operation.ts';
import { SeededRandom } from './seeded-random.ts';

/** A whole history: what is needed to see it again. */
export interface History {
  /** Of everything that the world draws: the order of answers, which events are lost, what is written. */
  readonly seed: number;
  readonly machines: number;
  readonly operations: readonly Operation[];
}

/** Many short histories find more than few long ones, and are shortened sooner; in too short ones little meets. */
const operations = fc.array(randomOperation, { minLength: 20, maxLength: 80, size: 'max' });
const machines = fc.integer({ min: 2, max: 4 });

/** The history of a seed, whoever plays it and whatever was played before. */
export function historyOf(seed: number): History {
  const [drawn] = fc.sample(fc.record({ machines, operations }), { seed, numRuns: 1 });
  if (!drawn) throw new Error(`nothing could be drawn from ${seed}`);
  return { seed, ...drawn };
}

/** The seed of the so-and-so-many-th history of a run. The first is the run's own: alone, it is that history again. */
export const seedOf = (seed: number, number: number): number => (number === 0 ? seed : new SeededRandom(Math.imul(seed, 0x9e37_79b1) + number).below(2 ** 31));
