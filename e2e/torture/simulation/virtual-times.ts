import type { Clock, FileStat } from '../../../electron/engine/ports.ts';

/** Two times that are told apart here lie so far apart there: less than anything waits, more than a number loses. */
const APART_MS = 0.001;

/**
 * The times of files, which the real system writes, as times of the simulation: a file was changed when its change was
 * first seen. (The system's own clock ticks too coarsely, and runs on while the simulation's stands still.)
 */
export class VirtualTimes {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #seen = new Map<string, number>();
  #lastMs = 0;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  stat(stat: FileStat): FileStat {
    return { ...stat, ...this.seen(stat.inode, stat.modifiedMs, stat.changedMs) };
  }

  /** Notes the times of a file, if they are new. */
  seen(inode: number, modifiedMs: number, changedMs: number): Pick<FileStat, 'modifiedMs' | 'changedMs'> {
    return { modifiedMs: this.#virtual(`${inode} ${modifiedMs}`), changedMs: this.#virtual(`${inode} ${changedMs} c`) };
  }

  #virtual(key: string): number {
    const known = this.#seen.get(key);
    if (known !== undefined) return known;
    this.#lastMs = Math.max(this.#clock.now(), this.#lastMs + APART_MS);
    this.#seen.set(key, this.#lastMs);
    return this.#lastMs;
  }
}
