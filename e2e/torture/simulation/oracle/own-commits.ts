import type { SimulatedMachine } from '../machine.ts';
import type { Call, Hearing, Witness } from './witness.ts';

/** Which commits the programs have made, and on which machine: by what git told them, and by no name or word in a commit. */
export class OwnCommits implements Witness {
  readonly #makers = new Map<string, SimulatedMachine>();

  call({ machine, verb }: Call): Hearing | void {
    if (verb === 'commit-tree') return (printed) => void this.#makers.set(printed.trim(), machine);
  }

  /** Null: a person or a stranger made it. */
  makerOf(commit: string): SimulatedMachine | null {
    return this.#makers.get(commit) ?? null;
  }
}
