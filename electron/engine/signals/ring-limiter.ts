import type { Clock } from '../ports.ts';
import type { Ring } from './signal.ts';

/**
 * At most one ring per folder and `gapMs`: the first goes through at once, of those that follow within the gap the last
 * is kept and goes through at its end. However often somebody rings, a folder fetches at that pace, and the newest is never lost.
 */
export class RingLimiter {
  readonly #clock: Clock;
  readonly #gapMs: number;
  readonly #deliver: (ring: Ring) => void;
  /** Folders within their gap: how to end it, and the ring that waits for it. */
  readonly #gaps = new Map<string, { cancel: () => void; waiting: Ring | null }>();

  constructor(clock: Clock, gapMs: number, deliver: (ring: Ring) => void) {
    this.#clock = clock;
    this.#gapMs = gapMs;
    this.#deliver = deliver;
  }

  ring(ring: Ring): void {
    const gap = this.#gaps.get(ring.folder);
    if (gap) gap.waiting = ring;
    else this.#pass(ring);
  }

  close(): void {
    for (const { cancel } of this.#gaps.values()) cancel();
    this.#gaps.clear();
  }

  #pass(ring: Ring): void {
    const cancel = this.#clock.after(this.#gapMs, () => {
      const waiting = this.#gaps.get(ring.folder)?.waiting;
      this.#gaps.delete(ring.folder);
      if (waiting) this.#pass(waiting);
    });
    this.#gaps.set(ring.folder, { cancel, waiting: null });
    this.#deliver(ring);
  }
}
