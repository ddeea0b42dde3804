import type { Clock, Files, FileStat } from '../ports.ts';

/** A directory above the root may be moved, or a file system mounted over it, without any event of ours. */
const CHECK_EVERY_MS = 10_000;

/**
 * Whether it is the same directory. A number that became free goes to the next one that is made (ext4: at once), so that
 * only the time of its birth tells a new one in the old one's place; it counts where the file system has one of its own.
 */
export function isSameDirectory(was: FileStat, now: FileStat | null): boolean {
  if (now?.kind !== 'directory' || now.inode !== was.inode || now.device !== was.device) return false;
  const tellsBirth = was.bornMs !== was.changedMs || now.bornMs !== now.changedMs;
  return !tellsBirth || now.bornMs === was.bornMs;
}

/** Knows directories by what they were at its first look, and says once when one of them is gone or another. */
export class RootGuard {
  readonly #clock: Clock;
  readonly #files: Files;
  readonly #directories: readonly string[];
  readonly #gone: () => void;
  #first: readonly FileStat[] | null = null;
  #done = false;
  #cancelTimer: (() => void) | null = null;

  constructor({ clock, files }: { clock: Clock; files: Files }, directories: readonly string[], gone: () => void) {
    this.#clock = clock;
    this.#files = files;
    this.#directories = directories;
    this.#gone = gone;
  }

  /** Looks; true: all are there, and the same as at the first look. */
  async check(): Promise<boolean> {
    const now = await Promise.all(this.#directories.map((directory) => this.#files.stat(directory).catch(() => null)));
    if (this.#done) return false;
    const present = now.filter((stat) => stat !== null);
    if (present.length === now.length) this.#first ??= present;
    if (this.#first?.every((first, index) => isSameDirectory(first, now[index] ?? null))) {
      this.#cancelTimer?.();
      this.#cancelTimer = this.#clock.after(CHECK_EVERY_MS, () => void this.check());
      return true;
    }
    this.close();
    this.#gone();
    return false;
  }

  close(): void {
    this.#done = true;
    this.#cancelTimer?.();
  }
}
