import type { CommandEnd } from './run-command.ts';

const MOST = 4;

/**
 * For how long a server may say nothing. Little at first, so that a dead one is told of within a minute; twice as long
 * each time that was too little, so that a slow one is reached in the end.
 */
export class Patience {
  #times = 1;

  ms(limitMs: number): number {
    return limitMs * this.#times;
  }

  after(end: CommandEnd): void {
    this.#times = end.ended === 'timed-out' ? Math.min(this.#times * 2, MOST) : 1;
  }
}
