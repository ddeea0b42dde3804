import { spawn, type ChildProcess } from 'node:child_process';
import type { ProcessRequest } from '../../../electron/engine/ports.ts';

/** A real `git cat-file --batch`, which answers one question after the other. */
class KeptGit {
  readonly #child: ChildProcess;
  /** With filters the header does not tell how long the content is. */
  readonly #filtered: boolean;
  #answer: Buffer = Buffer.alloc(0);
  #answered: (answer: Buffer) => void = () => undefined;

  constructor({ command, args, cwd, env }: ProcessRequest) {
    this.#filtered = args.includes('--filters');
    this.#child = spawn(command, args, { cwd, env, stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#hear(chunk));
    this.#child.once('close', () => this.#answered(this.#answer));
  }

  ask(question: Buffer): Promise<Buffer> {
    this.#answer = Buffer.alloc(0);
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#child.stdin?.write(question);
    });
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.kill('SIGKILL');
    await closed;
  }

  #hear(chunk: Buffer): void {
    this.#answer = Buffer.concat([this.#answer, chunk]);
    if (this.#isWhole()) this.#answered(this.#answer);
  }

  #isWhole(): boolean {
    if (/ (?:missing|ambiguous)\n$/.test(this.#answer.subarray(-12).toString('latin1'))) return true;
    const end = this.#answer.indexOf(0x0a);
    if (this.#filtered || end < 0) return false;
    const [, size] = /^[0-9a-f]+ \w+ (\d+)$/.exec(this.#answer.toString('latin1', 0, end)) ?? [];
    return size !== undefined && this.#answer.length === end + 1 + Number(size) + 1;
  }
}

/**
 * The kept processes of a world, one for each way to start one: the programs of a machine end theirs and begin them anew
 * all the time, and each start is dear to a large process.
 */
export class KeptGits {
  readonly #kept = new Map<string, KeptGit>();

  ask(request: ProcessRequest, question: Buffer): Promise<Buffer> {
    const key = JSON.stringify(request);
    const kept = this.#kept.get(key) ?? new KeptGit(request);
    this.#kept.set(key, kept);
    return kept.ask(question);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#kept.values()].map((kept) => kept.close()));
  }
}
