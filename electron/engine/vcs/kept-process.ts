import { LockstepError, systemCode } from '../errors.ts';
import type { Clock, ProcessRequest, RunningProcess } from '../ports.ts';
import { ByteReader } from './byte-reader.ts';
import { notStarted } from './git/git-failures.ts';
import type { CommandRunner } from './run-command.ts';

/** Null: it was started. */
async function whyNotStarted({ pid, ended }: RunningProcess): Promise<LockstepError | null> {
  if (pid !== 0) return null;
  const { code, params } = notStarted(systemCode(await ended.catch((error: unknown) => error)));
  return new LockstepError(code, params);
}

interface Live {
  readonly running: RunningProcess;
  readonly reader: ByteReader;
  dead: boolean;
}

/**
 * A helper that answers one question after the other (`git cat-file --batch`): started when first asked, ended when
 * nobody asked for a while, started again when it died.
 */
export class KeptProcess {
  readonly #runner: CommandRunner;
  readonly #clock: Clock;
  readonly #request: () => Promise<ProcessRequest>;
  readonly #limits: { readonly idleMs: number; readonly answerMs: number };
  #live: Live | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #cancelIdle: () => void = () => undefined;
  #closed = false;

  constructor(runner: CommandRunner, clock: Clock, request: () => Promise<ProcessRequest>, limits = { idleMs: 30_000, answerMs: 120_000 }) {
    this.#runner = runner;
    this.#clock = clock;
    this.#request = request;
    this.#limits = limits;
  }

  /** Questions are asked in the order of the calls. `read` must read the answer wholly: the next one follows it. */
  ask<T>(question: Buffer, read: (reader: ByteReader) => Promise<T>): Promise<T> {
    const answer = this.#queue.then(() => this.#ask(question, read));
    this.#queue = answer.catch(() => undefined);
    return answer;
  }

  /** The next question starts it anew: with a new environment, or after it may have stale data. */
  async restart(): Promise<void> {
    const live = this.#live;
    this.#live = null;
    if (live && !live.dead) await this.#runner.end(live.running);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelIdle();
    await this.restart();
  }

  async #ask<T>(question: Buffer, read: (reader: ByteReader) => Promise<T>): Promise<T> {
    this.#cancelIdle();
    try {
      return await this.#once(question, read);
    } catch (error) {
      // It may have been killed while it idled: its death is then only noticed by the next question.
      if (this.#closed || !this.#live?.dead || error instanceof LockstepError) throw error;
      return await this.#once(question, read);
    } finally {
      if (!this.#closed) this.#cancelIdle = this.#clock.after(this.#limits.idleMs, () => void this.restart());
    }
  }

  async #once<T>(question: Buffer, read: (reader: ByteReader) => Promise<T>): Promise<T> {
    const live = await this.#alive();
    let late = false;
    const cancelLimit = this.#clock.after(this.#limits.answerMs, () => {
      late = true;
      void this.#runner.end(live.running);
    });
    try {
      live.running.stdin.write(question);
      return await read(live.reader);
    } catch (error) {
      // Whatever it would still say belongs to a question that nobody waits for.
      live.dead = true;
      void this.#runner.end(live.running);
      throw late ? new LockstepError('timeout', { command: 'git' }, { cause: error }) : ((await whyNotStarted(live.running)) ?? error);
    } finally {
      cancelLimit();
    }
  }

  async #alive(): Promise<Live> {
    if (this.#closed) throw new LockstepError('cancelled');
    if (this.#live && !this.#live.dead) return this.#live;
    const running = this.#runner.start(await this.#request());
    const live: Live = { running, reader: new ByteReader(running.stdout), dead: false };
    const died = (): void => {
      live.dead = true;
    };
    running.ended.then(died, died);
    running.stdin.on('error', died);
    running.stderr.resume();
    this.#live = live;
    return live;
  }
}
