import type { Clock } from '../ports.ts';

/** Turns of the event loop given to promises between two timers; real input and output is not waited for. */
const SETTLING_TURNS = 3;

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #monotonicMs = 0;
  #wallMs: number;
  #order = 0;
  readonly #timers = new Set<{ dueMs: number; order: number; call: () => void }>();
  readonly #settled: () => Promise<void>;

  /** `settled`: resolves when everything that a timer set going waits for another timer; by default after some turns of the event loop. */
  constructor(wallMs = Date.UTC(2026, 0, 1), settled = settle) {
    this.#wallMs = wallMs;
    this.#settled = settled;
  }

  now(): number {
    return this.#wallMs;
  }

  monotonic(): number {
    return this.#monotonicMs;
  }

  after(delayMs: number, call: () => void): () => void {
    const timer = { dueMs: this.#monotonicMs + Math.max(0, delayMs), order: (this.#order += 1), call };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Timers not yet called or cancelled. */
  get pending(): number {
    return this.#timers.size;
  }

  /** When the next timer is due, as `monotonic()` will read then; null: none. */
  get nextDueMs(): number | null {
    return this.#next()?.dueMs ?? null;
  }

  /** Lets `ms` pass: calls what falls due, in order of time, and lets promises settle after each call. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#monotonicMs + ms;
    await this.#settled();
    for (let next = this.#next(); next && next.dueMs <= endMs; next = this.#next()) {
      this.#timers.delete(next);
      this.#goTo(next.dueMs);
      next.call();
      await this.#settled();
    }
    this.#goTo(endMs);
  }

  /** The wall clock is set: durations and timers do not notice. */
  setWallTime(wallMs: number): void {
    this.#wallMs = wallMs;
  }

  #next() {
    return [...this.#timers].sort((a, b) => a.dueMs - b.dueMs || a.order - b.order)[0];
  }

  #goTo(monotonicMs: number): void {
    const passedMs = Math.max(0, monotonicMs - this.#monotonicMs);
    this.#monotonicMs += passedMs;
    this.#wallMs += passedMs;
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < SETTLING_TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
