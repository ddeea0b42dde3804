import type { FolderPhase } from '../../../../shared/phase.ts';
import type { SimulatedMachine } from '../machine.ts';
import { Violation } from '../violation.ts';
import type { World } from '../world.ts';
import type { Calm } from './calm.ts';
import type { Witness } from './witness.ts';

interface Unfinished {
  /** When the folder's phase began, as it tells: with another one, it has done something meanwhile. */
  readonly since: string;
  /** When it was first seen so. */
  readonly seenMs: number;
}

/** So long after nothing stands in its way a folder has done its work, or says what holds it. */
const SAYS_WITHIN_MS = 60_000;

/** What is not as it should be has a word for it; a folder that shows nothing wrong has nothing left to do. */
export class Silence implements Witness {
  readonly #world: Pick<World, 'machines' | 'clock'>;
  readonly #calm: Calm;
  readonly #unfinished = new Map<SimulatedMachine, Unfinished>();

  constructor(world: Pick<World, 'machines' | 'clock'>, calm: Calm) {
    this.#world = world;
    this.#calm = calm;
  }

  look(): void {
    for (const machine of this.#world.machines) {
      const trouble = machine.state && (wordless(machine.state) ?? this.#lasting(machine));
      if (trouble) throw new Violation('silent', `${machine.name} ${trouble}: ${JSON.stringify(machine.state)}`);
    }
  }

  #lasting(machine: SimulatedMachine): string | null {
    const { state } = machine;
    const nowMs = this.#world.clock.monotonic();
    const everywhereMs = Math.min(...this.#world.machines.map((each) => this.#calm.forMs(each)));
    const isUnfinished = state !== null && state.problem === null && (!RESTING.has(state.phase) || state.dirty || state.ahead > 0 || state.behind > 0);
    if (!state || !isUnfinished || everywhereMs < SAYS_WITHIN_MS) {
      this.#unfinished.delete(machine);
      return null;
    }
    const known = this.#unfinished.get(machine);
    if (known?.since !== state.since) this.#unfinished.set(machine, { since: state.since, seenMs: nowMs });
    const lastedMs = known?.since === state.since ? nowMs - known.seenMs : 0;
    if (lastedMs < SAYS_WITHIN_MS) return null;
    return RESTING.has(state.phase) ? `shows work to do for ${lastedMs / 1000} s, does none, and says nothing` : `is still ${state.phase} after ${lastedMs / 1000} s, and says nothing`;
  }
}

const RESTING = new Set<FolderPhase>(['watching', 'conflicted']);

function wordless({ phase, problem, conflicts }: NonNullable<SimulatedMachine['state']>): string | null {
  if ((phase === 'halted' || phase === 'retrying') && problem === null) return `is ${phase} and does not say why`;
  return phase === 'conflicted' && conflicts.length === 0 ? 'shows that there are conflicts, and none' : null;
}
