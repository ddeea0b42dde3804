import type { RepoPath } from '../repo-path.ts';

/** A polled name takes some 10 kB in chokidar (measured): at most about 50 MB. */
const MOST_NAMES = 5_000;
const SHORTEST_INTERVAL_MS = 5_000;

interface Poll {
  readonly intervalMs: number;
  names: number;
  close(): void;
}

/** The port's polls of a tree's directories: for as many as their memory allows, at a pace that their cost allows. */
export class BoundedPolls {
  readonly #start: (path: RepoPath, intervalMs: number) => { close(): void };
  readonly #open = new Map<RepoPath, Poll>();
  #intervalMs = SHORTEST_INTERVAL_MS;
  #names = 0;

  constructor(start: (path: RepoPath, intervalMs: number) => { close(): void }) {
    this.#start = start;
  }

  /** From now on no look more often than this; those that are open follow when they are kept the next time. */
  pace(intervalMs: number): void {
    this.#intervalMs = Math.max(SHORTEST_INTERVAL_MS, intervalMs);
  }

  /** Polls a directory with this many entries while there is room; `anew`: the poll that it has is deaf. */
  keep(path: RepoPath, entries: number, { anew = false } = {}): void {
    const former = this.#open.get(path);
    const names = entries + 1;
    if (this.#names - (former?.names ?? 0) + names > MOST_NAMES) return this.drop(path);
    if (former && !anew && this.#inPace(former)) {
      this.#names += names - former.names;
      former.names = names;
      return;
    }
    this.drop(path);
    const poll = this.#start(path, this.#intervalMs);
    this.#open.set(path, { intervalMs: this.#intervalMs, names, close: () => poll.close() });
    this.#names += names;
  }

  drop(path: RepoPath): void {
    const poll = this.#open.get(path);
    if (!poll) return;
    poll.close();
    this.#open.delete(path);
    this.#names -= poll.names;
  }

  close(): void {
    for (const path of [...this.#open.keys()]) this.drop(path);
  }

  /** Beginning anew costs more than being somewhat too fast or too slow. */
  #inPace({ intervalMs }: Poll): boolean {
    return intervalMs <= this.#intervalMs * 2 && this.#intervalMs <= intervalMs * 2;
  }
}
