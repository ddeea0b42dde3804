import type { SimulatedMachine } from '../machine.ts';
import type { World } from '../world.ts';
import type { Witness } from './witness.ts';

/** What only keeps a folder from its remote: commits go on. */
const OF_REMOTE = new Set(['offline', 'timeout', 'remote-gone', 'remote-rejected', 'remote-rewritten', 'remote-damaged', 'secret-found']);

/** Since when nothing stands in the way of a machine's program: no person, no fault, nothing that it tells of itself. Virtual milliseconds, as of the last look. */
export class Calm implements Witness {
  readonly #world: Pick<World, 'machines' | 'clock'>;
  readonly #sinceMs = new Map<SimulatedMachine, number>();

  constructor(world: Pick<World, 'machines' | 'clock'>) {
    this.#world = world;
  }

  handGoes(machine: SimulatedMachine): void {
    this.disturb(machine);
  }

  /** Something was done to it that it may need time for. */
  disturb(machine: SimulatedMachine): void {
    this.#sinceMs.set(machine, this.#world.clock.monotonic());
  }

  look(): void {
    for (const machine of this.#world.machines) if (!isFree(machine)) this.disturb(machine);
  }

  /** Whether nothing but what the program itself tells stands in its way. */
  isUndisturbed(machine: SimulatedMachine): boolean {
    return isUndisturbed(machine);
  }

  forMs(machine: SimulatedMachine): number {
    return this.#world.clock.monotonic() - (this.#sinceMs.get(machine) ?? 0);
  }
}

function isFree(machine: SimulatedMachine): boolean {
  const { state } = machine;
  return isUndisturbed(machine) && (!state?.problem || OF_REMOTE.has(state.problem.code));
}

function isUndisturbed({ state, faults, watchFaults, watch }: SimulatedMachine): boolean {
  if (!state || !watch || state.paused || faults.any) return false;
  return watchFaults.drop === 0 && watchFaults.delay === 0 && watch.lost === 0;
}
