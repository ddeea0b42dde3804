import type { Random } from '../../../electron/engine/ports.ts';
import { SeededRandom as Numbers } from '../random.ts';

/** Chance for a program: the same seed, the same numbers and bytes. */
export class SeededRandom extends Numbers implements Random {
  bytes(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => this.below(256)));
  }
}
