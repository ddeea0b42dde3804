import type { History } from './history.ts';
import { perform } from './perform.ts';
import type { Template } from './template.ts';
import { World } from './world.ts';

/** What came of a history. */
export interface Played {
  /** What was wrong, its kind before a colon; null: nothing. */
  readonly failure: string | null;
  /** How many operations had begun. */
  readonly operations: number;
  readonly saves: number;
  /** Faults that struck. */
  readonly faults: number;
  /** Of everything that the programs did: the same whenever the history is played, or something was left to chance. */
  readonly trace: string;
}

/** Plays a whole history, and stabilizes at its end. */
export async function play(template: Template, { seed, machines, operations }: History): Promise<Played> {
  const world = await World.of(template, { seed, machines });
  let begun = 0;
  let failure: string | null = null;
  try {
    for (const operation of operations) {
      begun += 1;
      await perform(world, operation);
    }
    if (operations.at(-1)?.do !== 'stabilize') await perform(world, { do: 'stabilize' });
  } catch (error) {
    failure = told(error);
  }
  const played = { operations: begun, saves: world.ledger.saves, faults: world.machines.reduce((sum, { faults }) => sum + faults.struck, 0), trace: world.turnstile.trace() };
  try {
    await world.close();
  } catch (error) {
    // What goes wrong at the end of a history that has failed says nothing.
    failure ??= told(error);
  }
  return { failure, ...played };
}

const told = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Histories that fail in the same way are taken for the same fault. */
export const kindOf = (failure: string): string => failure.split(':', 1)[0] ?? '';
