import type { SimulatedMachine } from '../machine.ts';
import { Violation } from '../violation.ts';
import type { Objects } from './objects.ts';
import { readRefs } from './read-refs.ts';
import type { Witness } from './witness.ts';

type Refs = ReadonlyMap<string, string>;

const BRANCH = 'refs/heads/main';

/**
 * Of a machine's refs a program moves the branch that is kept in step, and that only forwards; what a remote-tracking ref
 * pointed to stays reachable; all other refs are the person's.
 */
export class MachineRefs implements Witness {
  readonly #machines: readonly SimulatedMachine[];
  readonly #objects: Objects;
  readonly #last = new Map<SimulatedMachine, { readonly doings: number; readonly refs: Refs }>();
  /** Moves of ours that are not judged yet. */
  readonly #moved: { readonly machine: SimulatedMachine; readonly before: Refs; readonly after: Refs }[] = [];

  constructor(machines: readonly SimulatedMachine[], objects: Objects) {
    this.#machines = machines;
    this.#objects = objects;
  }

  handComes(machine: SimulatedMachine): void {
    this.#compare(machine);
  }

  handGoes(machine: SimulatedMachine): void {
    this.#last.set(machine, { doings: machine.doings, refs: readRefs(machine.gitDirectory) });
  }

  async look(): Promise<void> {
    for (const machine of this.#machines) this.#compare(machine);
    for (const { machine, before, after } of this.#moved.splice(0)) {
      for (const ref of new Set([...before.keys(), ...after.keys()])) {
        const [from, to] = [before.get(ref), after.get(ref)];
        if (from !== to) await this.#judge(machine, ref, { from, to, after });
      }
    }
  }

  /** Reads the refs again where something was done since they were read last. */
  #compare(machine: SimulatedMachine): void {
    const last = this.#last.get(machine);
    if (last?.doings === machine.doings) return;
    const refs = readRefs(machine.gitDirectory);
    if (last) this.#moved.push({ machine, before: last.refs, after: refs });
    this.#last.set(machine, { doings: machine.doings, refs });
  }

  async #judge(machine: SimulatedMachine, ref: string, { from, to, after }: { readonly from: string | undefined; readonly to: string | undefined; readonly after: Refs }): Promise<void> {
    if (ref.startsWith('refs/lockstep/')) return;
    const move = `${ref} of ${machine.name} from ${from ?? 'nothing'} to ${to ?? 'nothing'}`;
    const isTracking = ref.startsWith('refs/remotes/');
    if (ref !== BRANCH && !isTracking) throw new Violation('meddled', `a program moved ${move}`);
    if (from === undefined || (to !== undefined && (await this.#objects.isAncestor(from, to)))) return;
    if (!isTracking) throw new Violation('rewound', `a program moved ${move}`);
    for (const tip of after.values()) if (await this.#objects.isAncestor(from, tip)) return;
    throw new Violation('rewound', `a program moved ${move}, and no other ref holds what was there`);
  }
}
