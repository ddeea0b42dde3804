import type { Clock } from '../ports.ts';
import type { Ring } from './signal.ts';

/** Rings of one folder that go through at once after a while of silence: somebody at work saves more than once. */
const AT_ONCE = 5;

interface Pace {
  /** How many may still go through at once. */
  left: number;
  /** The newest that has to wait; those before it say nothing more. */
  waiting: Ring | null;
  cancel: () => void;
}

/**
 * Over time at most one ring per folder and `gapMs`, a few of them at once; of those that come too soon the last is
 * kept. However often somebody rings, a folder fetches at that pace, and the newest is never lost.
 */
export class RingLimiter {
  readonly #clock: Clock;
  readonly #gapMs: number;
  readonly #deliver: (ring: Ring) => void;
  /** Folders that rang lately. */
  readonly #paces = new Map<string, Pace>();

  constructor(clock: Clock, gapMs: number, deliver: (ring: Ring) => void) {
    this.#clock = clock;
    this.#gapMs = gapMs;
    this.#deliver = deliver;
  }

  ring(ring: Ring): void {
    const pace = this.#paces.get(ring.folder) ?? this.#begin(ring.folder);
    if (pace.left === 0) {
      pace.waiting = ring;
      return;
    }
    pace.left -= 1;
    this.#deliver(ring);
  }

  close(): void {
    for (const { cancel } of this.#paces.values()) cancel();
    this.#paces.clear();
  }

  #begin(folder: string): Pace {
    const pace: Pace = { left: AT_ONCE, waiting: null, cancel: () => undefined };
    this.#paces.set(folder, pace);
    this.#refill(folder, pace);
    return pace;
  }

  #refill(folder: string, pace: Pace): void {
    pace.cancel = this.#clock.after(this.#gapMs, () => {
      const { waiting } = pace;
      pace.waiting = null;
      if (waiting) this.#deliver(waiting);
      else pace.left += 1;
      if (pace.left === AT_ONCE) this.#paces.delete(folder);
      else this.#refill(folder, pace);
    });
  }
}
