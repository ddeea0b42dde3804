import { lstatSync, writeFileSync } from 'node:fs';
import type { Clock, FileStat } from '../../../electron/engine/ports.ts';

/** Two times that are told apart here lie so far apart there: less than anything waits, more than a number loses. */
const APART_MS = 0.001;

/**
 * The times of files, which the real system writes, as times of the simulation: a file was changed when its change was
 * first seen. The system's own clock ticks coarsely, and runs on while the simulation's stands still: whether two changes
 * fall into one tick must not matter. A program's changes are counted instead; a person's begin with a new tick.
 */
export class VirtualTimes {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #seen = new Map<string, number>();
  /** How often programs changed what is known by an inode. */
  readonly #changes = new Map<number, number>();
  #lastMs = 0;
  readonly #probe: string;

  /** `probe`: a file that may be written, where the files are. */
  constructor(clock: Pick<Clock, 'now'>, probe: string) {
    this.#clock = clock;
    this.#probe = probe;
  }

  stat(stat: FileStat): FileStat {
    return { ...stat, ...this.seen(stat.inode, stat.modifiedMs, stat.changedMs) };
  }

  /** Notes the times of a file, if they are new. */
  seen(inode: number, modifiedMs: number, changedMs: number): Pick<FileStat, 'modifiedMs' | 'changedMs'> {
    return { modifiedMs: this.#virtual(`${inode} ${modifiedMs}`), changedMs: this.#virtual(`${inode} ${changedMs} ${this.#changes.get(inode) ?? 0}`) };
  }

  /** A program did something to these: linked, renamed, another mode. What is in a file it never changes in place. */
  changed(inodes: readonly number[]): void {
    for (const inode of inodes) this.#changes.set(inode, (this.#changes.get(inode) ?? 0) + 1);
  }

  /** Waits until what is changed from now on gets later times from the system than all that was changed before. */
  awaitTick(): void {
    const beganMs = this.#tick();
    while (this.#tick() <= beganMs);
  }

  #tick(): number {
    writeFileSync(this.#probe, '');
    return lstatSync(this.#probe).ctimeMs;
  }

  #virtual(key: string): number {
    const known = this.#seen.get(key);
    if (known !== undefined) return known;
    this.#lastMs = Math.max(this.#clock.now(), this.#lastMs + APART_MS);
    this.#seen.set(key, this.#lastMs);
    return this.#lastMs;
  }
}
