import { systemCode } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { baseName, joinPath, parentPath, repoPathBytes, repoPathFromBytes, type RepoPath } from '../repo-path.ts';
import { DirectoryTree, ROOT } from './directory-tree.ts';
import type { Prune } from './ignored-directories.ts';
import { inParallel } from './in-parallel.ts';
import { PolledDirectories, type PollReason } from './polled-directories.ts';

const LISTS_AT_ONCE = 8;
const STATS_AT_ONCE = 32;
/** More names than this waiting to be looked at: looking at the whole tree is cheaper. */
const MAX_PENDING = 20_000;

export interface TreeOptions {
  readonly ports: Pick<Ports, 'clock' | 'files' | 'watch'>;
  readonly root: string;
  /** No watches at all: other hosts write here. */
  readonly network: boolean;
  /** Names never reported and never entered. */
  readonly skipped: (name: string) => boolean;
  readonly prune: Prune;
  /**
   * Something at this path changed, or was found in a new directory; null: look at everything. `inPlace`: content or
   * metadata changed, not the name (of a polled directory: anything in it).
   */
  readonly changed: (path: RepoPath | null, inPlace: boolean) => void;
  /** The number of watched or polled directories may be another. */
  readonly covered: () => void;
  /** The root itself was moved or removed, as far as its own watch can tell. */
  readonly rootMoved: () => void;
}

interface Scan {
  /** Whether entries of the starting directories, and of those below, are reported as changed. */
  readonly report: 'none' | 'below' | 'all';
  /** Whether directories that are covered already are entered again. */
  readonly enterKnown: boolean;
}

/**
 * Keeps one watch on every directory below a root. Each directory is first watched and then listed, so that whatever is
 * made meanwhile is either listed or reported. One task at a time changes the tree; events only note what it must look at.
 */
export class WatchedTree {
  readonly #options: TreeOptions;
  readonly #tree = new DirectoryTree();
  readonly #polled: PolledDirectories;
  readonly #rootBytes: Buffer;
  /** Names that may have appeared, vanished or become something else. */
  readonly #pending = new Set<RepoPath>();
  /** Directories of which only new subdirectories matter. */
  readonly #grown = new Set<RepoPath>();
  #wholeAsked: (() => void)[] = [];
  #lostAsked = false;
  #working = false;
  #closed = false;

  constructor(options: TreeOptions) {
    this.#options = options;
    this.#rootBytes = Buffer.from(options.root);
    this.#polled = new PolledDirectories({
      ...options.ports,
      absolute: (path) => this.#absolute(path),
      changed: (path) => {
        options.changed(path, true);
        this.#lookForNew(path);
      },
      beforeRound: () => this.#retryWatches(),
    });
  }

  coverage(): { directories: number; polled: number } {
    return { directories: this.#tree.size - this.#polled.size, polled: this.#polled.count('limit', 'network') };
  }

  /** Looks at every directory again: new ones are watched, ignored and vanished ones let go. Resolves when that is done. */
  rescan(): Promise<void> {
    return new Promise((resolve) => {
      this.#wholeAsked.push(resolve);
      this.#work();
    });
  }

  close(): void {
    this.#closed = true;
    this.#tree.drop(ROOT);
    this.#polled.close();
    for (const done of this.#wholeAsked.splice(0)) done();
  }

  #absolute(path: RepoPath): Buffer {
    return path === ROOT ? this.#rootBytes : Buffer.concat([this.#rootBytes, Buffer.from('/'), repoPathBytes(path)]);
  }

  #happened(directory: RepoPath, nameBytes: Buffer | null, moved: boolean): void {
    if (this.#closed) return;
    if (nameBytes === null) return this.#lost();
    const name = repoPathFromBytes(nameBytes);
    // A directory's own removal or move comes under its own name; a child of that name is looked at as well.
    if (moved && directory === ROOT && nameBytes.equals(this.#rootBytes.subarray(this.#rootBytes.lastIndexOf('/') + 1))) this.#options.rootMoved();
    else if (moved && name === baseName(directory)) this.#examine(directory);
    if (this.#options.skipped(name)) return;
    const path = joinPath(directory, name);
    this.#options.changed(path, !moved);
    if (moved) this.#examine(path);
  }

  #lost(): void {
    // Told once per watch, all in one turn: the first one is enough.
    if (this.#lostAsked || this.#closed) return;
    this.#lostAsked = true;
    this.#options.changed(null, false);
    void this.rescan();
  }

  #examine(path: RepoPath): void {
    if (this.#wholeAsked.length > 0) return;
    this.#pending.add(path);
    if (this.#pending.size > MAX_PENDING) this.#lost();
    else this.#work();
  }

  #lookForNew(path: RepoPath): void {
    this.#grown.add(path);
    this.#work();
  }

  #work(): void {
    if (this.#working || this.#closed) return;
    this.#working = true;
    void this.#workOff().finally(() => {
      this.#working = false;
      if (!this.#closed) this.#options.covered();
    });
  }

  async #workOff(): Promise<void> {
    // Whatever else this turn of the loop reports joins in.
    await Promise.resolve();
    while (!this.#closed && this.#wholeAsked.length + this.#pending.size + this.#grown.size > 0) {
      const [asked, pending, grown] = [this.#wholeAsked.splice(0), take(this.#pending), take(this.#grown)];
      if (asked.length > 0) {
        this.#lostAsked = false;
        await this.#scan([ROOT], { report: 'none', enterKnown: true });
        for (const done of asked) done();
      } else {
        await this.#scan(await this.#directoriesOf(pending), { report: 'all', enterKnown: true });
        await this.#scan(grown, { report: 'below', enterKnown: false });
      }
    }
  }

  /** What is a directory now, less those inside another of them; what is none any more is let go. */
  async #directoriesOf(paths: readonly RepoPath[]): Promise<RepoPath[]> {
    const directories = new Set<RepoPath>();
    await inParallel(paths, STATS_AT_ONCE, async (path) => {
      const stat = await this.#options.ports.files.stat(this.#absolute(path)).catch(() => null);
      if (stat?.kind === 'directory') directories.add(path);
      else this.#tree.drop(path);
    });
    const outermost = [...directories].filter((path) => {
      for (let above = parentPath(path); above !== null; above = parentPath(above)) if (directories.has(above)) return false;
      return true;
    });
    return this.#unpruned(outermost);
  }

  async #unpruned(directories: readonly RepoPath[]): Promise<RepoPath[]> {
    if (directories.length === 0) return [];
    const pruned = await this.#options.prune(directories);
    for (const path of pruned) this.#tree.drop(path);
    return directories.filter((path) => !pruned.has(path));
  }

  /** In breadth, so that the ignore rules are asked once per level and not once per directory. */
  async #scan(starts: readonly RepoPath[], { report, enterKnown }: Scan): Promise<void> {
    let level = starts;
    for (let depth = 0; level.length > 0 && !this.#closed; depth += 1) {
      const reporting = report === 'all' || (report === 'below' && depth > 0);
      const found = await inParallel(level, LISTS_AT_ONCE, (directory) => this.#enter(directory, reporting));
      const next = found.flat();
      level = await this.#unpruned(enterKnown ? next : next.filter((path) => !this.#tree.has(path)));
    }
  }

  /** Watches one directory, then lists it: its subdirectories. */
  async #enter(directory: RepoPath, report: boolean): Promise<RepoPath[]> {
    if (this.#closed || !(await this.#cover(directory))) return [];
    const names = new Set<string>();
    try {
      for (const entry of await this.#options.ports.files.list(this.#absolute(directory))) {
        if (entry.kind !== 'directory' && !report) continue;
        const name = repoPathFromBytes(entry.name);
        if (this.#options.skipped(name)) continue;
        if (entry.kind === 'directory') names.add(name);
        if (report) this.#options.changed(joinPath(directory, name), false);
      }
    } catch (error) {
      if (isGone(error)) this.#tree.drop(directory);
      else await this.#poll(directory, 'unreadable');
      return [];
    }
    this.#tree.retain(directory, names);
    return [...names].map((name) => joinPath(directory, name));
  }

  async #cover(directory: RepoPath): Promise<boolean> {
    if (this.#options.network) return this.#poll(directory, 'network');
    try {
      this.#watch(directory);
      return true;
    } catch (error) {
      if (isGone(error)) {
        this.#tree.drop(directory);
        return false;
      }
      return this.#poll(directory, isLimit(error) ? 'limit' : 'unreadable');
    }
  }

  #watch(directory: RepoPath): void {
    const watch = this.#options.ports.watch.directory(
      this.#absolute(directory),
      (name, moved) => this.#happened(directory, name, moved),
      () => this.#lost(),
    );
    this.#tree.set(directory, watch);
  }

  async #poll(directory: RepoPath, reason: PollReason): Promise<boolean> {
    const cover = await this.#polled.add(directory, reason);
    if (this.#closed) cover.close();
    else this.#tree.set(directory, cover);
    return !this.#closed;
  }

  /** The limit may have been raised, or watches become free. */
  #retryWatches(): void {
    for (const directory of [...this.#polled.waiting()]) {
      try {
        this.#watch(directory);
      } catch (error) {
        if (isLimit(error)) return;
        continue;
      }
      this.#options.changed(directory, true);
      this.#lookForNew(directory);
    }
  }
}

const isGone = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');

const isLimit = (error: unknown): boolean => ['ENOSPC', 'EMFILE', 'ENFILE', 'ENOMEM'].includes(systemCode(error) ?? '');

function take<Item>(set: Set<Item>): Item[] {
  const items = [...set];
  set.clear();
  return items;
}
