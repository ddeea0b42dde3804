import type { SimulatedMachine } from './machine.ts';

interface Ambush<What extends readonly unknown[]> {
  readonly machine: SimulatedMachine;
  /** How often it lets the moment pass. */
  left: number;
  readonly work: (...what: What) => Promise<void>;
}

/** What people will do while programs are in the middle of something. */
export class Ambushes {
  readonly #turns: Ambush<[]>[] = [];
  readonly #changes: Ambush<[path: Buffer]>[] = [];

  /** When the machine's program has taken so many turns more, before the next one. */
  beforeTurn(machine: SimulatedMachine, after: number, work: () => Promise<void>): void {
    this.#turns.push({ machine, left: after, work });
  }

  /** When the machine's program has changed so many files of its folder more, before it changes the next: with that one's path. */
  beforeChange(machine: SimulatedMachine, after: number, work: (path: Buffer) => Promise<void>): void {
    this.#changes.push({ machine, left: after, work });
  }

  /** None of it happens any more. */
  clear(): void {
    this.#turns.length = 0;
    this.#changes.length = 0;
  }

  turn(machine: number): Promise<void> {
    return strike(this.#turns, machine);
  }

  change(machine: number, path: Buffer): Promise<void> {
    return strike(this.#changes, machine, path);
  }
}

async function strike<What extends readonly unknown[]>(ambushes: Ambush<What>[], machine: number, ...what: What): Promise<void> {
  for (const ambush of [...ambushes]) {
    if (ambush.machine.index !== machine || (ambush.left -= 1) >= 0) continue;
    ambushes.splice(ambushes.indexOf(ambush), 1);
    await ambush.work(...what);
  }
}
