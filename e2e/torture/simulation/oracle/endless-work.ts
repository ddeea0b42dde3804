import type { SimulatedMachine } from '../machine.ts';
import { Violation } from '../violation.ts';
import type { World } from '../world.ts';
import type { Call, Witness } from './witness.ts';

/** More calls of git within so much time than any work needs. */
const MOST_CALLS = 500;
const WITHIN_MS = 10_000;

/** A program whose work never ends is ended, or nobody would ever hear of it: its time does not pass. */
export class EndlessWork implements Witness {
  readonly #world: Pick<World, 'clock'>;
  readonly #calls = new Map<SimulatedMachine, { sinceMs: number; count: number }>();

  constructor(world: Pick<World, 'clock'>) {
    this.#world = world;
  }

  call({ machine, args }: Call): void {
    const nowMs = this.#world.clock.monotonic();
    const calls = this.#calls.get(machine) ?? { sinceMs: nowMs, count: 0 };
    this.#calls.set(machine, calls);
    if (nowMs - calls.sinceMs > WITHIN_MS) Object.assign(calls, { sinceMs: nowMs, count: 0 });
    calls.count += 1;
    if (calls.count <= MOST_CALLS) return;
    machine.die();
    throw new Violation('restless', `${machine.name} called git ${calls.count} times in ${nowMs - calls.sinceMs} ms, at last: git ${args.join(' ')}`);
  }
}
