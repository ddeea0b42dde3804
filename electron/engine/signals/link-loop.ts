import { backoffMs, type BackoffLimits } from '../backoff.ts';
import type { Clock, Random } from '../ports.ts';

/** How one connection went. */
export interface Ended {
  /** It was up, for so long; 0: it never came up. */
  readonly upMs: number;
  /** Wait so long instead of the usual pause. */
  readonly pauseMs?: number;
}

interface LinkLoopOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: BackoffLimits;
  /** A connection that lasted at least so long starts the pauses anew; a server that drops us at once does not. */
  readonly steadyMs: number;
  /** Connects and resolves when it is over; never rejects. Ends soon after the signal. */
  readonly connection: (signal: AbortSignal) => Promise<Ended>;
}

/** Keeps one connection up: connects, waits until it ends, pauses, connects again, until closed. */
export class LinkLoop {
  readonly #options: LinkLoopOptions;
  readonly #closing = new AbortController();
  readonly #done: Promise<void>;
  #wake: (() => void) | null = null;

  constructor(options: LinkLoopOptions) {
    this.#options = options;
    this.#done = this.#run();
  }

  /** Ends a pause. */
  retry(): void {
    this.#wake?.();
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('link closed'));
    this.retry();
    await this.#done;
  }

  async #run(): Promise<void> {
    const { connection, limits, random, steadyMs } = this.#options;
    for (let attempt = 1; !this.#closing.signal.aborted; attempt += 1) {
      const { upMs, pauseMs } = await connection(this.#closing.signal);
      if (upMs > steadyMs) attempt = 1;
      if (!this.#closing.signal.aborted) await this.#pause(pauseMs ?? backoffMs(attempt, limits, random));
    }
  }

  async #pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = this.#options.clock.after(ms, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
    this.#wake = null;
  }
}
