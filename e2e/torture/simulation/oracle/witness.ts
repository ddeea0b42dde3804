import type { FsPath } from '../../../../electron/engine/ports.ts';
import type { SimulatedMachine } from '../machine.ts';

/** A call of git by a machine's program. */
export interface Call {
  readonly machine: SimulatedMachine;
  readonly verb: string;
  readonly args: readonly string[];
}

/** Told of what a call printed, when it has ended. */
export type Hearing = (printed: string) => void;

/** Keeps watch over one promise of the program, without knowing how it is kept. Each may throw a `Violation` anywhere. */
export interface Witness {
  /** A program calls git, now. */
  call?(call: Call): Hearing | void;
  /** A program is about to change something in these places. */
  change?(machine: SimulatedMachine, paths: readonly FsPath[]): void;
  /** Before a person does something on a machine: all until then was the program's doing. */
  handComes?(machine: SimulatedMachine): Promise<void> | void;
  /** Afterwards: what is now was left so by a person. */
  handGoes?(machine: SimulatedMachine): Promise<void> | void;
  /** After each operation, when nothing is under way. */
  look?(): Promise<void> | void;
  /** Everything was mended and has come to rest. */
  atRest?(): Promise<void> | void;
}
