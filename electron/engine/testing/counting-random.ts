import type { Random } from '../ports.ts';

/** Never the same bytes twice, always the same ones in the same order; fractions go round 0, 0.1 … 0.9. */
export class CountingRandom implements Random {
  #calls = 0;

  bytes(count: number): Buffer {
    this.#calls += 1;
    const bytes = Buffer.alloc(count);
    bytes.writeUIntBE(this.#calls, Math.max(0, count - 4), Math.min(4, count));
    return bytes;
  }

  fraction(): number {
    const fraction = (this.#calls % 10) / 10;
    this.#calls += 1;
    return fraction;
  }
}
