import type { Clock, Files } from '../ports.ts';
import type { RepoPath } from '../repo-path.ts';
import { directoryDigest } from './directory-digest.ts';
import type { Cover } from './directory-tree.ts';
import { inParallel } from './in-parallel.ts';

/** Why a directory has no watch: the system has none left, other hosts write there, or it cannot be read now. */
export type PollReason = 'limit' | 'network' | 'unreadable';

const SHORTEST_PAUSE_MS = 5_000;
/** Pause after a round, as a multiple of what the round took: looking costs at most 5 % of one thread. */
const PAUSE_PER_ROUND = 20;
const LOOKS_AT_ONCE = 2;

interface Polled {
  readonly reason: PollReason;
  digest: string;
}

interface PollOptions {
  readonly clock: Clock;
  readonly files: Files;
  /** Absolute path of a directory. */
  readonly absolute: (path: RepoPath) => Buffer;
  /** The directory is not as it was at the last look. */
  readonly changed: (path: RepoPath) => void;
  /** Before each round: time to try again for real watches. */
  readonly beforeRound: () => void;
}

/**
 * Directories looked at every so often. Own polling instead of a library's: a digest per directory instead of a record
 * per file, and on the engine's clock, so that the simulation sees it too.
 */
export class PolledDirectories {
  readonly #options: PollOptions;
  readonly #polled = new Map<RepoPath, Polled>();
  #cancelTimer: (() => void) | null = null;
  #looking = false;

  constructor(options: PollOptions) {
    this.#options = options;
  }

  /** From now on looked at, until the returned cover is closed; resolves after the first look. Adding again is a look between. */
  async add(path: RepoPath, reason: PollReason): Promise<Cover> {
    const entry: Polled = { reason, digest: await this.#look(path) };
    const former = this.#polled.get(path);
    this.#polled.set(path, entry);
    if (former && former.digest !== entry.digest) this.#options.changed(path);
    this.#schedule(SHORTEST_PAUSE_MS);
    return {
      close: () => {
        if (this.#polled.get(path) === entry) this.#polled.delete(path);
      },
    };
  }

  count(...reasons: readonly PollReason[]): number {
    let count = 0;
    for (const { reason } of this.#polled.values()) if (reasons.includes(reason)) count += 1;
    return count;
  }

  get size(): number {
    return this.#polled.size;
  }

  /** Those that wait for a watch to become free. */
  *waiting(): Iterable<RepoPath> {
    for (const [path, { reason }] of this.#polled) if (reason === 'limit') yield path;
  }

  close(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#polled.clear();
  }

  #schedule(pauseMs: number): void {
    if (this.#polled.size === 0 || this.#looking || this.#cancelTimer) return;
    this.#cancelTimer = this.#options.clock.after(pauseMs, () => {
      this.#cancelTimer = null;
      void this.#round();
    });
  }

  async #round(): Promise<void> {
    const { clock, beforeRound } = this.#options;
    const startMs = clock.monotonic();
    this.#looking = true;
    beforeRound();
    await inParallel([...this.#polled], LOOKS_AT_ONCE, ([path, entry]) => this.#lookAgain(path, entry));
    this.#looking = false;
    this.#schedule(Math.max(SHORTEST_PAUSE_MS, (clock.monotonic() - startMs) * PAUSE_PER_ROUND));
  }

  async #lookAgain(path: RepoPath, entry: Polled): Promise<void> {
    const digest = await this.#look(path);
    if (this.#polled.get(path) !== entry || digest === entry.digest) return;
    entry.digest = digest;
    this.#options.changed(path);
  }

  #look(path: RepoPath): Promise<string> {
    return directoryDigest(this.#options.files, this.#options.absolute(path));
  }
}
