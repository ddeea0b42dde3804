/** A repeatable stream of choices: the same seed and number always give the same ones. Many times faster than a generator that can shrink. */
export class Draw {
  #state: number;

  constructor(seed: number, number = 0) {
    this.#state = scrambled(seed ^ scrambled(number + 0x9e3779b9));
  }

  /** 0 <= n < limit (Mulberry32: 32 bits of state are enough for some dozens of choices). */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) * limit) / 4294967296 | 0;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(from: readonly [T, ...T[]]): T;
  pick<T>(from: readonly T[]): T | undefined;
  pick<T>(from: readonly T[]): T | undefined {
    return from[this.below(from.length)];
  }

  /** In an order of its own (Fisher and Yates). */
  shuffled<T>(from: readonly T[]): T[] {
    const items = [...from];
    for (let end = items.length - 1; end > 0; end--) {
      const other = this.below(end + 1);
      [items[end], items[other]] = [items[other] as T, items[end] as T];
    }
    return items;
  }
}

/** Neighbouring numbers give streams that have nothing in common (the finalizer of MurmurHash3). */
function scrambled(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
