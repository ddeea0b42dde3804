import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { historyOf, seedOf, type History } from './history.ts';
import type { Operation } from './operation.ts';
import { regressions } from './regressions.ts';
import { shorten } from './shorten.ts';
import { simulate } from './simulate.ts';

/** A few only: `npm test` has a stage of its own for many, on all processors. */
const OPERATIONS = 60;
const SEED = 2;

it(`loses nothing in ${OPERATIONS} operations on two to four machines`, async () => {
  const { failure } = await simulate({ seed: SEED, operations: OPERATIONS, directory: tmpdir(), say: () => undefined });
  expect(failure).toBeNull();
});

describe('histories', () => {
  it('follow from their seeds, whichever way they are come by', () => {
    expect(historyOf(seedOf(7, 3))).toEqual(historyOf(seedOf(7, 3)));
    expect(seedOf(7, 0)).toBe(7);
    const seeds = [1, 2, 3].flatMap((seed) => Array.from({ length: 100 }, (_, number) => seedOf(seed, number)));
    expect(new Set(seeds).size).toBe(300);
  });

  it('can be kept, and be played wherever operations still have their names', () => {
    const known = regressions();
    expect(known.length).toBeGreaterThan(0);
    expect(new Set(known.map(({ about }) => about)).size).toBe(known.length);
  });
});

describe('a failing history', () => {
  const operation = (which: number): Operation => ({ do: 'files', what: 'save', machine: 0, which, other: 0 });
  const pass: Operation = { do: 'pass', ms: 1 };
  const history: History = { seed: 1, machines: 4, operations: [...Array.from({ length: 50 }, (_, which) => operation(which)), { do: 'hub', what: 'gone', which: 0 }, pass] };

  it('is shortened to what it takes', async () => {
    const fails = async ({ machines, operations }: History): Promise<boolean> => machines > 2 && [7, 31].every((which) => operations.some((each) => each.do === 'files' && each.which === which)) && operations.some((each) => each.do === 'hub');
    expect(await shorten(history, fails, 300)).toEqual({ seed: 1, machines: 3, operations: [operation(7), operation(31), { do: 'hub', what: 'gone', which: 0 }] });
  });

  it('is played so often only, whatever comes of it', async () => {
    let played = 0;
    await shorten(history, async () => ((played += 1), false), 7);
    expect(played).toBe(7);
    expect(await shorten(history, async () => true, 0)).toEqual(history);
  });
});
