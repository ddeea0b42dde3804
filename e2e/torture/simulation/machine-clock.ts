import type { Clock } from '../../../electron/engine/ports.ts';

/** The common clock as one program has it: its timers end with it. */
export class MachineClock implements Clock {
  readonly #common: Clock;
  readonly #cancels = new Set<() => void>();
  #over = false;

  constructor(common: Clock) {
    this.#common = common;
  }

  now(): number {
    return this.#common.now();
  }

  monotonic(): number {
    return this.#common.monotonic();
  }

  after(delayMs: number, call: () => void): () => void {
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
