import type { Clock } from '../ports.ts';
import { nodeClock } from '../ports/node-clock.ts';

interface Timer {
  readonly dueMs: number;
  readonly call: () => void;
  cancel: () => void;
}

/** A real clock that can run faster, and be turned: for engines whose processes and files are real and take real time. */
export class TurnedClock implements Clock {
  readonly #speed: number;
  readonly #timers = new Set<Timer>();
  #skippedMs = 0;
  #wallMs = 0;

  /** So many times as fast as real time. */
  constructor(speed = 1) {
    this.#speed = speed;
  }

  now(): number {
    return Math.round(nodeClock.now() + this.monotonic() - nodeClock.monotonic() + this.#wallMs);
  }

  monotonic(): number {
    return nodeClock.monotonic() * this.#speed + this.#skippedMs;
  }

  after(delayMs: number, call: () => void): () => void {
    const timer: Timer = { dueMs: this.monotonic() + Math.max(0, delayMs), call, cancel: () => undefined };
    this.#timers.add(timer);
    this.#arm(timer);
    return () => {
      this.#timers.delete(timer);
      timer.cancel();
    };
  }

  /** Time passes at once: what falls due in it is called soon. */
  skip(ms: number): void {
    this.#skippedMs += ms;
    for (const timer of this.#timers) this.#arm(timer);
  }

  /** The wall clock is set: by so much, or (negative) back. */
  turn(ms: number): void {
    this.#wallMs += ms;
  }

  #arm(timer: Timer): void {
    timer.cancel();
    timer.cancel = nodeClock.after((timer.dueMs - this.monotonic()) / this.#speed, () => {
      this.#timers.delete(timer);
      timer.call();
    });
  }
}
