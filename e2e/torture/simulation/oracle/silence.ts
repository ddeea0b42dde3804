import type { SimulatedMachine } from '../machine.ts';
import { Violation } from '../violation.ts';
import type { World } from '../world.ts';
import type { Calm } from './calm.ts';
import type { Witness } from './witness.ts';

/** So long after nothing stands in its way a folder has done its work, or says what holds it. */
const SAYS_WITHIN_MS = 60_000;

/** What is not as it should be has a word for it; a folder that shows nothing wrong has nothing left to do. */
export class Silence implements Witness {
  readonly #world: Pick<World, 'machines'>;
  readonly #calm: Calm;

  constructor(world: Pick<World, 'machines'>, calm: Calm) {
    this.#world = world;
    this.#calm = calm;
  }

  look(): void {
    for (const machine of this.#world.machines) {
      const trouble = machine.state && (wordless(machine.state) ?? this.#unfinished(machine));
      if (trouble) throw new Violation('silent', `${machine.name} ${trouble}: ${JSON.stringify(machine.state)}`);
    }
  }

  #unfinished(machine: SimulatedMachine): string | null {
    const { state } = machine;
    const everywhereMs = Math.min(...this.#world.machines.map((each) => this.#calm.forMs(each)));
    if (!state || state.problem !== null || everywhereMs < SAYS_WITHIN_MS) return null;
    if (state.phase !== 'watching' && state.phase !== 'conflicted') return `is still ${state.phase} after ${everywhereMs / 1000} s, and says nothing`;
    return state.dirty || state.ahead > 0 || state.behind > 0 ? `shows work to do after ${everywhereMs / 1000} s, does none, and says nothing` : null;
  }
}

function wordless({ phase, problem, conflicts }: NonNullable<SimulatedMachine['state']>): string | null {
  if ((phase === 'halted' || phase === 'retrying') && problem === null) return `is ${phase} and does not say why`;
  return phase === 'conflicted' && conflicts.length === 0 ? 'shows that there are conflicts, and none' : null;
}
