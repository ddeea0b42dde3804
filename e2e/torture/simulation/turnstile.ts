import { createHash } from 'node:crypto';
import type { SeededRandom } from './seeded-random.ts';

/** One run of a program on a machine. When it is over, whatever it still waits for never comes. */
export interface Life {
  readonly machine: number;
  readonly pid: number;
  over: boolean;
}

interface Waiting {
  readonly life: Life;
  readonly what: string;
  readonly work: () => Promise<void>;
}

/** How often the one that came first is taken; otherwise it is drawn who is next. */
const FIRST_COME = 0.6;

/**
 * Everything that the engines ask of the outside goes through here one at a time, in an order that follows from the
 * seed: so what happens between two calls is the same whenever a seed is run again, and each order of answers is tried
 * by some seed. Between two turns every promise has settled.
 */
export class Turnstile {
  readonly #random: SeededRandom;
  readonly #waiting: Waiting[] = [];
  #working: Promise<void> | null = null;
  /** Turns taken so far. */
  turns = 0;
  /** Called before each turn: what happens to a machine while its program is in the middle of something. */
  before: (life: Life, what: string) => Promise<void> | void = () => undefined;
  readonly #trace = createHash('sha1');

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** Resolves or rejects as `work` does, when its turn has come; never, when the life is over by then. */
  enter<T>(life: Life, what: string, work: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const turn = async (): Promise<void> => {
        try {
          const result = await work();
          if (!life.over) resolve(result);
        } catch (error) {
          if (!life.over) reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      if (life.over) return;
      this.#waiting.push({ life, what, work: turn });
      this.#working ??= this.#workOff();
    });
  }

  /** Resolves when nobody waits for a turn and nothing is left that could ask for one by itself. */
  async idle(): Promise<void> {
    do {
      await this.#working;
      await breath();
      await breath();
    } while (this.#working);
  }

  /** Of every turn so far: two runs of a seed that differ anywhere differ here. */
  trace(): string {
    return this.#trace.copy().digest('hex');
  }

  async #workOff(): Promise<void> {
    for (;;) {
      await breath();
      const next = this.#take();
      if (!next) break;
      this.turns += 1;
      this.#trace.update(`${next.life.pid} ${next.what}\n`);
      await this.before(next.life, next.what);
      if (!next.life.over) await next.work();
    }
    this.#working = null;
  }

  #take(): Waiting | null {
    const alive = this.#waiting.filter(({ life }) => !life.over);
    this.#waiting.splice(0, this.#waiting.length, ...alive);
    if (alive.length === 0) return null;
    const index = this.#random.fraction() < FIRST_COME ? 0 : this.#random.below(alive.length);
    return this.#waiting.splice(index, 1)[0] ?? null;
  }
}

/** Whatever is settled by now has been taken up, and what follows from it has begun. */
async function breath(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
