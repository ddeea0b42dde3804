import type { Clock, DirectoryWatch, Files, Log } from '../ports.ts';
import { displayPath, type RepoPath } from '../repo-path.ts';
import { BoundedPolls } from './bounded-polls.ts';
import { lookAtDirectory } from './directory-digest.ts';
import type { Cover } from './directory-tree.ts';
import { inParallel } from './in-parallel.ts';

/** Why a directory has no watch: the system has none left, other hosts write there, or it cannot be read now. */
export type PollReason = 'limit' | 'network' | 'unreadable';

/** What the polls tell within this time is looked at together: each file of a checkout is told on its own. */
const GATHER_MS = 500;
const CHECK_EVERY_MS = 30_000;
/** Pause after a check, and between polls, as a multiple of what the check took: each costs at most 5 % of one thread. */
const PAUSE_PER_CHECK = 20;
const LOOKS_AT_ONCE = 2;

interface Polled {
  readonly reason: PollReason;
  digest: string;
}

interface PollOptions {
  readonly clock: Clock;
  readonly files: Files;
  readonly watch: Pick<DirectoryWatch, 'poll'>;
  readonly log: Log;
  /** Absolute path of a directory. */
  readonly absolute: (path: RepoPath) => Buffer;
  /** The directory is not as it was at the last look. */
  readonly changed: (path: RepoPath) => void;
  /** Before each check: time to try again for real watches. */
  readonly beforeCheck: () => void;
}

/**
 * Directories without a watch. The port's polls tell which to look at soon; a digest of each tells whether it changed.
 * Every so often all are looked at, for what no poll tells: where there are too many, names that are not UTF-8.
 */
export class PolledDirectories {
  readonly #options: PollOptions;
  readonly #polled = new Map<RepoPath, Polled>();
  readonly #polls: BoundedPolls;
  /** Directories of which a poll told since they were last looked at. */
  readonly #told = new Set<RepoPath>();
  #checkDueMs = 0;
  #cancelTimer: (() => void) | null = null;
  #looking = false;

  constructor(options: PollOptions) {
    this.#options = options;
    this.#polls = new BoundedPolls((path, intervalMs) =>
      options.watch.poll(
        options.absolute(path),
        intervalMs,
        () => this.#tell(path),
        (error) => options.log.warn('watch: cannot poll', { directory: displayPath(path), error }),
      ),
    );
  }

  /** From now on looked at, until the returned cover is closed; resolves after the first look. Adding again is a look between. */
  async add(path: RepoPath, reason: PollReason): Promise<Cover> {
    const { digest, entries } = await this.#look(path);
    const entry: Polled = { reason, digest };
    const former = this.#polled.get(path);
    this.#polled.set(path, entry);
    if (reason !== 'unreadable') this.#polls.keep(path, entries);
    if (former && former.digest !== digest) this.#options.changed(path);
    if (!this.#looking && !this.#cancelTimer) {
      this.#checkDueMs = this.#options.clock.monotonic() + CHECK_EVERY_MS;
      this.#schedule();
    }
    return { close: () => this.#drop(path, entry) };
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
    this.#told.clear();
    this.#polls.close();
  }

  #drop(path: RepoPath, entry: Polled): void {
    if (this.#polled.get(path) !== entry) return;
    this.#polled.delete(path);
    this.#told.delete(path);
    this.#polls.drop(path);
  }

  #tell(path: RepoPath): void {
    this.#told.add(path);
    // Only the first one: a stream of them would put the look off for ever.
    if (this.#told.size === 1) this.#schedule();
  }

  #schedule(): void {
    if (this.#polled.size === 0 || this.#looking) return;
    const checkInMs = Math.max(0, this.#checkDueMs - this.#options.clock.monotonic());
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.clock.after(this.#told.size > 0 ? Math.min(GATHER_MS, checkInMs) : checkInMs, () => {
      this.#cancelTimer = null;
      void this.#round();
    });
  }

  async #round(): Promise<void> {
    this.#looking = true;
    if (this.#options.clock.monotonic() < this.#checkDueMs) await this.#lookAgain([...this.#told]);
    else await this.#check();
    this.#looking = false;
    this.#schedule();
  }

  async #check(): Promise<void> {
    const { clock, beforeCheck } = this.#options;
    const startMs = clock.monotonic();
    beforeCheck();
    await this.#lookAgain([...this.#polled.keys()]);
    const pauseMs = (clock.monotonic() - startMs) * PAUSE_PER_CHECK;
    this.#polls.pace(pauseMs);
    this.#checkDueMs = clock.monotonic() + Math.max(CHECK_EVERY_MS, pauseMs);
  }

  async #lookAgain(paths: readonly RepoPath[]): Promise<void> {
    await inParallel(paths, LOOKS_AT_ONCE, async (path) => {
      const entry = this.#polled.get(path);
      const told = this.#told.delete(path);
      if (!entry) return;
      const { digest, entries } = await this.#look(path);
      if (this.#polled.get(path) !== entry) return;
      const differs = digest !== entry.digest;
      entry.digest = digest;
      if (entry.reason !== 'unreadable') this.#polls.keep(path, entries, { anew: differs && !told });
      if (differs) this.#options.changed(path);
    });
  }

  #look(path: RepoPath): ReturnType<typeof lookAtDirectory> {
    return lookAtDirectory(this.#options.files, this.#options.absolute(path));
  }
}
