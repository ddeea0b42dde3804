import { spawn, type ChildProcess } from 'node:child_process';
import { PassThrough, Writable } from 'node:stream';
import type { ProcessRequest, RunningProcess } from '../../../electron/engine/ports.ts';
import type { Life, Turnstile } from './turnstile.ts';

/** `git cat-file --batch`, which answers one question after the other: each is a turn of its own. */
export class Conversation implements RunningProcess {
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly stdin: Writable;
  readonly ended: RunningProcess['ended'];
  readonly #child: ChildProcess;
  readonly #life: Life;
  readonly #turnstile: Turnstile;
  /** With filters the header does not tell how long the content is. */
  readonly #filtered: boolean;
  #answer: Buffer = Buffer.alloc(0);
  #answered: () => void = () => undefined;
  #over = false;

  constructor(life: Life, turnstile: Turnstile, { command, args, cwd, env }: ProcessRequest) {
    this.#life = life;
    this.#turnstile = turnstile;
    this.#filtered = args.includes('--filters');
    this.#child = spawn(command, args, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
    this.stdin = new Writable({
      write: (question: Buffer, _encoding, done) => {
        void this.#turnstile.enter(this.#life, `ask ${question.toString('latin1')}`, () => this.#ask(question));
        done();
      },
      final: (done) => {
        this.kill('SIGTERM');
        done();
      },
    });
    this.ended = new Promise((resolve) => {
      this.#child.on('close', (code, signal) => {
        this.#over = true;
        this.#answered();
        this.stdout.end();
        this.stderr.end();
        resolve({ code, signal });
      });
    });
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#hear(chunk));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    // Its end is waited for like an answer, or the clock would go on without it.
    void this.#turnstile.enter(this.#life, `end ${signal}`, () => this.end(signal));
  }

  /** Resolves when it is gone, whoever still waits for an answer. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (!this.#over) this.#child.kill(signal);
    await this.ended;
  }

  async #ask(question: Buffer): Promise<void> {
    if (this.#over) return;
    this.#answer = Buffer.alloc(0);
    const answered = new Promise<void>((resolve) => (this.#answered = resolve));
    this.#child.stdin?.write(question);
    await answered;
  }

  #hear(chunk: Buffer): void {
    this.#answer = Buffer.concat([this.#answer, chunk]);
    if (!this.#isWhole()) return;
    this.stdout.write(this.#answer);
    this.#answered();
  }

  #isWhole(): boolean {
    if (/ (?:missing|ambiguous)\n$/.test(this.#answer.subarray(-12).toString('latin1'))) return true;
    const end = this.#answer.indexOf(0x0a);
    if (this.#filtered || end < 0) return false;
    const [, size] = /^[0-9a-f]+ \w+ (\d+)$/.exec(this.#answer.toString('latin1', 0, end)) ?? [];
    return size !== undefined && this.#answer.length === end + 1 + Number(size) + 1;
  }
}
