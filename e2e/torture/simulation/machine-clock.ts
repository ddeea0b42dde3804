import type { Clock } from '../../../electron/engine/ports.ts';

/** More than any work takes that comes to an end: each call of git waits for its limit. */
const MOST_AT_ONCE = 5_000;

/** The common clock as one program has it: its timers end with it. */
export class MachineClock implements Clock {
  readonly #common: Clock;
  readonly #onEndless: () => void;
  #lastMs = 0;
  #atOnce = 0;
  readonly #cancels = new Set<() => void>();
  #over = false;

  /** `onEndless` is called once so much is waited for while no time passes that nothing else can be going on. */
  constructor(common: Clock, onEndless: () => void) {
    this.#common = common;
    this.#onEndless = onEndless;
  }

  now(): number {
    return this.#common.now();
  }

  monotonic(): number {
    return this.#common.monotonic();
  }

  after(delayMs: number, call: () => void): () => void {
    this.#count();
    if (this.#over) return () => undefined;
    const cancel = this.#common.after(delayMs, () => {
      this.#cancels.delete(cancel);
      call();
    });
    this.#cancels.add(cancel);
    return () => {
      this.#cancels.delete(cancel);
      cancel();
    };
  }

  #count(): void {
    const nowMs = this.#common.monotonic();
    this.#atOnce = nowMs === this.#lastMs ? this.#atOnce + 1 : 0;
    this.#lastMs = nowMs;
    if (this.#atOnce === MOST_AT_ONCE) this.#onEndless();
  }

  /** Timers that are not due yet. */
  get pending(): number {
    return this.#cancels.size;
  }

  end(): void {
    this.#over = true;
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }
}
