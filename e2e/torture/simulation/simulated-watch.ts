import { lstatSync, readdirSync } from 'node:fs';
import type { DirectoryWatch, FsPath } from '../../../electron/engine/ports.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { VirtualTimes } from './virtual-times.ts';

interface Watched {
  readonly path: string;
  readonly changed: (name: Buffer | null, moved: boolean) => void;
  inode: number;
  names: ReadonlyMap<string, string>;
  closed: boolean;
}

/** What becomes of the events of one machine: shares of them, from 0 to 1. */
export interface WatchFaults {
  readonly drop: number;
  readonly delay: number;
  readonly repeat: number;
  /** Told as "something changed". */
  readonly merge: number;
}

export const FAITHFUL: WatchFaults = { drop: 0, delay: 0, repeat: 0, merge: 0 };

interface SimulatedWatchOptions {
  readonly random: SeededRandom;
  /** Told of the times of files as soon as they changed. */
  readonly times: VirtualTimes;
  /** Hands an event over when its turn has come, at the earliest after so many milliseconds. */
  readonly deliver: (afterMs: number, event: () => void) => void;
  readonly onLoss: () => void;
}

/**
 * Watches of directories that are looked at when something was done to them, instead of by the system: so events come
 * at moments that follow from the seed, and can be lost, late, doubled and run together.
 */
export class SimulatedWatch implements DirectoryWatch {
  readonly #options: SimulatedWatchOptions;
  readonly #watched = new Map<string, Set<Watched>>();
  faults: WatchFaults = FAITHFUL;
  /** Events that nobody was told of: what they stood for is only found by the next look at everything. */
  lost = 0;

  constructor(options: SimulatedWatchOptions) {
    this.#options = options;
  }

  directory(path: FsPath, changed: Watched['changed']): { close(): void } {
    const key = latin1(path);
    const inode = lstatSync(bytes(key)).ino;
    const watched: Watched = { path: key, changed, inode, names: this.#namesIn(key), closed: false };
    this.#watched.set(key, (this.#watched.get(key) ?? new Set()).add(watched));
    return {
      close: () => {
        watched.closed = true;
        this.#watched.get(key)?.delete(watched);
      },
    };
  }

  poll(): { close(): void } {
    return { close: () => undefined };
  }

  /** Something was done in these places: their directories are looked at. */
  touched(paths: readonly FsPath[]): void {
    const directories = new Set(paths.flatMap((path) => [latin1(path), parentOf(latin1(path))]));
    for (const directory of directories) this.#look(directory);
  }

  /** Something was done in a folder or below it. */
  lookBelow(folder: string): void {
    const below = `${latin1(folder)}/`;
    for (const directory of [...this.#watched.keys()]) if (`${directory}/`.startsWith(below)) this.#look(directory);
  }

  /** More happened at once than the system keeps: everybody is told so, nobody is told what. */
  overflow(): void {
    for (const [directory, all] of this.#watched) {
      for (const watched of all) {
        Object.assign(watched, { names: this.#namesIn(directory) });
        this.#tell(watched, null, true);
      }
    }
  }

  #look(directory: string): void {
    const all = this.#watched.get(directory);
    if (!all || all.size === 0) return;
    const inode = inodeOf(directory);
    const names = this.#namesIn(directory);
    for (const watched of [...all]) {
      if (inode !== watched.inode) {
        watched.inode = inode;
        this.#happened(watched, directory.slice(directory.lastIndexOf('/') + 1), true);
      }
      for (const name of new Set([...watched.names.keys(), ...names.keys()])) {
        const [before, after] = [watched.names.get(name), names.get(name)];
        if (before === after) continue;
        const isSame = before !== undefined && after !== undefined && identity(before) === identity(after);
        this.#happened(watched, name, !isSame);
      }
      watched.names = names;
    }
  }

  /** Name to what tells whether it is another file, and whether it changed: `inode kind|mode, size and times`. */
  #namesIn(directory: string): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    for (const name of listed(directory)) {
      const stat = lstatSync(Buffer.concat([bytes(`${directory}/`), name]), { throwIfNoEntry: false });
      if (!stat) continue;
      this.#options.times.seen(stat.ino, stat.mtimeMs, stat.ctimeMs);
      const state = stat.isDirectory() ? stat.mode : `${stat.mode} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
      names.set(name.toString('latin1'), `${stat.ino} ${stat.mode & 0o170000}|${state}`);
    }
    return names;
  }

  #happened(watched: Watched, name: string, moved: boolean): void {
    const { random, onLoss } = this.#options;
    const { drop, repeat, merge } = this.faults;
    if (random.fraction() < drop) {
      this.lost += 1;
      onLoss();
      return;
    }
    const told = random.fraction() < merge ? null : bytes(name);
    this.#tell(watched, told, moved);
    if (random.fraction() < repeat) this.#tell(watched, told, moved);
  }

  #tell(watched: Watched, name: Buffer | null, moved: boolean): void {
    const { random, deliver } = this.#options;
    const lateMs = random.fraction() < this.faults.delay ? random.below(20_000) : 0;
    deliver(lateMs, () => {
      if (!watched.closed) watched.changed(name, moved);
    });
  }
}

const latin1 = (path: FsPath): string => (typeof path === 'string' ? Buffer.from(path) : path).toString('latin1');
const bytes = (path: string): Buffer => Buffer.from(path, 'latin1');
const parentOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));

/** Sorted; nothing where there is no directory any more. */
function listed(directory: string): Buffer[] {
  try {
    return readdirSync(bytes(directory), 'buffer').sort(Buffer.compare);
  } catch {
    return [];
  }
}

const identity = (stamp: string): string => stamp.slice(0, stamp.indexOf('|'));

/** 0 where there is none, or a file stands on the way to it. */
function inodeOf(directory: string): number {
  try {
    return lstatSync(bytes(directory)).ino;
  } catch {
    return 0;
  }
}
