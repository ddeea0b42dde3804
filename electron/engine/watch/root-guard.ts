import type { Clock, Files, FileStat } from '../ports.ts';

/** A directory above the root may be moved, or a file system mounted over it, without any event of ours. */
const CHECK_EVERY_MS = 10_000;

/** Knows the root by device and inode, and says once when it is gone or another directory. */
export class RootGuard {
  readonly #clock: Clock;
  readonly #files: Files;
  readonly #root: string;
  readonly #gone: () => void;
  #first: FileStat | null = null;
  #done = false;
  #cancelTimer: (() => void) | null = null;

  constructor({ clock, files }: { clock: Clock; files: Files }, root: string, gone: () => void) {
    this.#clock = clock;
    this.#files = files;
    this.#root = root;
    this.#gone = gone;
  }

  /** Looks; true: it is there, and the same as at the first look. */
  async check(): Promise<boolean> {
    const now = await this.#files.stat(this.#root).catch(() => null);
    if (this.#done) return false;
    this.#first ??= now;
    if (now?.kind === 'directory' && now.inode === this.#first?.inode && now.device === this.#first.device) {
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
