import type { DirectoryWatch, FsPath } from '../ports.ts';

interface Watched {
  readonly changed: (name: Buffer | null, moved: boolean) => void;
  readonly failed: (error: unknown) => void;
}

interface Polled {
  readonly intervalMs: number;
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
}

/** A directory watch that reports what the test says, and has as many watches as the test allows; its polls see nothing of themselves. */
export class ScriptedWatch implements DirectoryWatch {
  readonly #watched = new Map<string, Set<Watched>>();
  readonly #polled = new Map<string, Polled>();
  /** Polls begun so far, also those that ended. */
  pollsBegun = 0;
  /** Watches that the system has; one more fails with `ENOSPC`. */
  limit = Number.POSITIVE_INFINITY;

  directory(path: FsPath, changed: Watched['changed'], failed: Watched['failed']): { close(): void } {
    if (this.open >= this.limit) throw Object.assign(new Error('ENOSPC: System limit for number of file watchers reached'), { code: 'ENOSPC' });
    const key = latin1(path);
    const entry = { changed, failed };
    const entries = this.#watched.get(key) ?? new Set();
    this.#watched.set(key, entries.add(entry));
    return {
      close: () => {
        entries.delete(entry);
        if (entries.size === 0 && this.#watched.get(key) === entries) this.#watched.delete(key);
      },
    };
  }

  poll(path: FsPath, intervalMs: number, changed: Polled['changed'], failed: Polled['failed']): { close(): void } {
    const entry = { intervalMs, changed, failed };
    this.#polled.set(latin1(path), entry);
    this.pollsBegun += 1;
    return {
      close: () => {
        if (this.#polled.get(latin1(path)) === entry) this.#polled.delete(latin1(path));
      },
    };
  }

  get openPolls(): number {
    return this.#polled.size;
  }

  /** How often a directory is polled; null: it is not. */
  pollIntervalMs(path: FsPath): number | null {
    return this.#polled.get(latin1(path))?.intervalMs ?? null;
  }

  /** The poll of a directory tells that it changed. */
  tell(path: FsPath): void {
    this.#polled.get(latin1(path))?.changed();
  }

  failPoll(path: FsPath, error: unknown): void {
    this.#polled.get(latin1(path))?.failed(error);
  }

  get open(): number {
    let open = 0;
    for (const entries of this.#watched.values()) open += entries.size;
    return open;
  }

  isWatched(path: FsPath): boolean {
    return this.#watched.has(latin1(path));
  }

  /** Reports a name inside a watched directory; null: something, unknown what. */
  report(path: FsPath, name: string | null, { moved = false } = {}): void {
    for (const { changed } of [...(this.#watched.get(latin1(path)) ?? [])]) changed(name === null ? null : Buffer.from(name), moved);
  }

  /** The queue has overflown: everybody is told. */
  overflow(): void {
    for (const path of [...this.#watched.keys()]) this.report(Buffer.from(path, 'latin1'), null, { moved: true });
  }

  fail(path: FsPath, error: unknown): void {
    for (const { failed } of [...(this.#watched.get(latin1(path)) ?? [])]) failed(error);
  }
}

const latin1 = (path: FsPath): string => (typeof path === 'string' ? Buffer.from(path) : path).toString('latin1');
