import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';

export const WAYS_TO_SAVE = ['in-place', 'by-rename', 'append', 'in-two-steps', 'made-again', 'held-open', 'held-for-long'] as const;
export type WayToSave = (typeof WAYS_TO_SAVE)[number];

/** Signal 0: go. `delayUs` after its signal is raised the file is saved; held-for-long ones wait for signal 1. */
export interface Save {
  readonly file: string;
  /** Found again only where this save's bytes are. */
  readonly token: string;
  readonly how: WayToSave;
  readonly signal: number;
  readonly delayUs: number;
}

/** `saved` false: the editor was told that it could not be. Microseconds of the system's monotonic clock. */
export interface Saved {
  readonly saved: boolean;
  readonly beganUs: number;
  readonly endedUs: number;
}

export const nowUs = (): number => Number(process.hrtime.bigint() / 1000n);

/**
 * The process of `editor.mjs`. Signals are bytes of a file, which it reads over and over: that is faster than any pipe,
 * and it can save within microseconds of something that happens here.
 */
export class Editor {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;
  readonly #signals: string;
  readonly #ended: Promise<never>;
  #raised = -1;
  #count = 0;

  constructor(program: URL, signals: string) {
    this.#signals = signals;
    this.#child = spawn(process.execPath, [program.pathname], { stdio: 'pipe' });
    this.#child.stderr.pipe(process.stderr);
    this.#lines = createInterface({ input: this.#child.stdout });
    this.#ended = once(this.#child, 'exit').then(() => Promise.reject(new Error('the editor ended')));
    this.#ended.catch(() => undefined);
  }

  /** Resolves when it has opened what it holds open, and waits for signals. */
  async load(saves: readonly Save[]): Promise<{ readonly saved: Promise<readonly Saved[]> }> {
    this.#count = Math.max(1, ...saves.map(({ signal }) => signal)) + 1;
    writeFileSync(this.#signals, Buffer.alloc(this.#count));
    this.#raised = openSync(this.#signals, 'r+');
    const ready = this.#line();
    this.#child.stdin.write(`${JSON.stringify({ signals: this.#signals, saves })}\n`);
    await ready;
    return { saved: this.#line().then((line) => JSON.parse(line) as Saved[]) };
  }

  /** At once: nothing of ours is waited for. */
  raise(signal: number): void {
    writeSync(this.#raised, Buffer.of(1), 0, 1, signal);
  }

  /** All but the one for those that are held for long. */
  raiseAll(): void {
    for (let signal = 0; signal < this.#count; signal++) if (signal !== 1) this.raise(signal);
  }

  unload(): void {
    closeSync(this.#raised);
  }

  async close(): Promise<void> {
    const closed = once(this.#child, 'close');
    this.#child.stdin.end();
    await closed;
  }

  async #line(): Promise<string> {
    const [line] = (await Promise.race([once(this.#lines, 'line'), this.#ended])) as [string];
    return line;
  }
}
