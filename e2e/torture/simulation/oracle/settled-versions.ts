import type { Ledger } from '../ledger.ts';
import type { SimulatedMachine } from '../machine.ts';
import { Violation } from '../violation.ts';
import type { World } from '../world.ts';
import type { Calm } from './calm.ts';
import { inScopeOf } from './in-scope.ts';
import type { Witness } from './witness.ts';

/** The quiet period is two seconds, and what follows takes no time here; the rest is for what was in its way a moment before. */
const SETTLED_MS = 10_000;

/** A version that rested while its program could work is in the repository, and stays when the person saves another over it. */
export class SettledVersions implements Witness {
  readonly #world: Pick<World, 'machines' | 'placeOf'>;
  readonly #ledger: Ledger;
  readonly #calm: Calm;
  /** By machine: what was found in its repository. */
  readonly #found = new Map<SimulatedMachine, Set<string>>();

  constructor(world: Pick<World, 'machines' | 'placeOf'>, ledger: Ledger, calm: Calm) {
    this.#world = world;
    this.#ledger = ledger;
    this.#calm = calm;
  }

  async look(): Promise<void> {
    for (const machine of this.#world.machines) if (this.#calm.forMs(machine) >= SETTLED_MS) await this.#check(machine);
  }

  async #check(machine: SimulatedMachine): Promise<void> {
    const found = this.#found.get(machine) ?? new Set();
    this.#found.set(machine, found);
    const isInScope = inScopeOf([machine]);
    const fresh = [...machine.contents.workTree()].filter(([path, { id }]) => !found.has(id) && isInScope(path));
    const held = await this.#world.placeOf(machine).objects.held([...new Set(fresh.map(([, { id }]) => id))]);
    for (const [path, { id }] of fresh) {
      if (!held.has(id)) throw new Violation('uncommitted', `${JSON.stringify(path)} (${id}) rested on ${machine.name} for ${this.#calm.forMs(machine) / 1000} s and is in no commit: ${JSON.stringify(machine.state)}`);
      found.add(id);
    }
    this.#ledger.owe(fresh.map(([, { id }]) => id));
  }
}
