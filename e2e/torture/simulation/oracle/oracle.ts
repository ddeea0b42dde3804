import type { FsPath } from '../../../../electron/engine/ports.ts';
import type { SimulatedMachine } from '../machine.ts';
import { Violation } from '../violation.ts';
import type { Call, Hearing, Witness } from './witness.ts';

/** Everything that is watched over, told of what happens. What is found in the middle of something is said when that is over. */
export class Oracle {
  readonly #witnesses: readonly Witness[];
  #found: Error | null = null;

  constructor(witnesses: readonly Witness[]) {
    this.#witnesses = witnesses;
  }

  call(call: Call): Hearing {
    const hearings = this.#witnesses.flatMap((witness) => this.#noting(() => witness.call?.(call)) ?? []);
    return (printed) => {
      for (const hear of hearings) this.#noting(() => hear(printed));
    };
  }

  /** A program waits again and again while no time passes: it is ended, or nobody would ever hear of it. */
  endless(machine: SimulatedMachine): void {
    machine.die();
    this.#noting(() => {
      throw new Violation('restless', `${machine.name} goes round and round`);
    });
  }

  change(machine: SimulatedMachine, paths: readonly FsPath[]): void {
    for (const witness of this.#witnesses) this.#noting(() => witness.change?.(machine, paths));
  }

  async handComes(machine: SimulatedMachine): Promise<void> {
    for (const witness of this.#witnesses) await this.#notingLater(() => witness.handComes?.(machine));
  }

  async handGoes(machine: SimulatedMachine): Promise<void> {
    for (const witness of this.#witnesses) await this.#notingLater(() => witness.handGoes?.(machine));
  }

  /** Throws what was found, by now or before. */
  async look(): Promise<void> {
    for (const witness of this.#witnesses) {
      this.#say();
      await witness.look?.();
    }
    this.#say();
  }

  async atRest(): Promise<void> {
    for (const witness of this.#witnesses) await witness.atRest?.();
    this.#say();
  }

  #say(): void {
    if (this.#found !== null) throw this.#found;
  }

  /** In the middle of a program's turn nobody would hear an exception. */
  #noting<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.#found ??= asError(error);
      return undefined;
    }
  }

  async #notingLater(work: () => Promise<void> | void): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#found ??= asError(error);
    }
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
