import type { Clock } from '../ports.ts';

interface SilenceLimits {
  readonly silenceMs: number;
  /** In its place until the first byte. */
  readonly beforeFirstMs?: number | undefined;
}

/** Less than this is no transfer: a connection that is only kept open moves some bytes, too (ssh: 20 a second with our settings). */
const LEAST_BYTES_PER_S = 40;

interface Sample {
  readonly bytes: number | null;
  readonly atMs: number;
}

/** A count that fell is that of a group which one of its processes has left: it did its part. */
function hasMoved(before: Sample, now: Sample): boolean {
  if (before.bytes === null || now.bytes === null) return false;
  return now.bytes < before.bytes || now.bytes - before.bytes >= ((now.atMs - before.atMs) / 1000) * LEAST_BYTES_PER_S;
}

/**
 * How long a command has given no sign of life. A byte of output is one; where it says nothing (one large file on a slow
 * line), so are the bytes that `moved` counts, looked at only in the second half of a silence.
 */
export class Silence {
  readonly #clock: Clock;
  readonly #moved: () => Promise<number | null>;
  #lastMs: number;
  #spoke = false;

  constructor(clock: Clock, moved: () => Promise<number | null>) {
    this.#clock = clock;
    this.#moved = moved;
    this.#lastMs = clock.monotonic();
  }

  get ms(): number {
    return this.#clock.monotonic() - this.#lastMs;
  }

  /** A byte came. */
  heard(): void {
    this.#lastMs = this.#clock.monotonic();
    this.#spoke = true;
  }

  /** Calls once, when it has been silent for so long; the returned function cancels. */
  after(limits: SilenceLimits, call: () => void): () => void {
    let isOver = false;
    let cancel: () => void = () => undefined;
    let seen: Sample | null = null;
    const look = async (): Promise<void> => {
      const limitMs = this.#spoke ? limits.silenceMs : (limits.beforeFirstMs ?? limits.silenceMs);
      if (this.ms >= limitMs / 2) {
        const now: Sample = { bytes: await this.#moved(), atMs: this.#clock.monotonic() };
        if (seen && seen.atMs >= this.#lastMs && hasMoved(seen, now)) this.#lastMs = now.atMs;
        seen = now;
      }
      if (isOver) return;
      if (this.ms >= limitMs) return call();
      cancel = this.#clock.after(this.ms < limitMs / 2 ? limitMs / 2 - this.ms : limitMs - this.ms, () => void look());
    };
    void look();
    return () => {
      isOver = true;
      cancel();
    };
  }
}
