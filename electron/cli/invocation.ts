import type { Readable, Writable } from 'node:stream';

/** What a run of the command line is given; the real process's in `cli.ts`, a test's own in tests. */
export interface Invocation {
  readonly arguments: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Aborted when the person or the system wants the program to end. */
  readonly ending: AbortSignal;
}
