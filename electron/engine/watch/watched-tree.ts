import type { Ports } from '../ports.ts';
import { baseName, joinPath, parentPath, repoPathFromBytes, type RepoPath } from '../repo-path.ts';
import { CoveredDirectories } from './covered-directories.ts';
import { ROOT } from './directory-tree.ts';
import type { Prune } from './ignored-directories.ts';
import { inParallel } from './in-parallel.ts';
import { OddPaths } from './odd-paths.ts';

const LISTS_AT_ONCE = 8;
const STATS_AT_ONCE = 32;
/** More names than this waiting to be looked at: looking at the whole tree is cheaper. */
const MAX_PENDING = 20_000;

interface TreeOptions {
  readonly ports: Pick<Ports, 'clock' | 'files' | 'watch' | 'log'>;
  readonly root: string;
  /** On a network file system: polled, as other hosts write here. */
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
 * Keeps every directory below a root under observation. Each is first watched and then listed, so that whatever is made
 * meanwhile is either listed or reported. One task at a time changes the tree; events only note what it must look at.
 */
export class WatchedTree {
  readonly #options: TreeOptions;
  readonly #directories: CoveredDirectories;
  readonly #rootName: string;
  /** Names that may have appeared, vanished or become something else. */
  readonly #pending = new Set<RepoPath>();
  /** Directories of which only new subdirectories matter. */
  readonly #grown = new Set<RepoPath>();
  readonly #odd = new OddPaths();
  #wholeAsked: (() => void)[] = [];
  #lost = false;
  #working = false;
  #closed = false;

  constructor(options: TreeOptions) {
    this.#options = options;
    this.#rootName = repoPathFromBytes(Buffer.from(options.root.slice(options.root.lastIndexOf('/') + 1)));
    this.#directories = new CoveredDirectories({
      ...options,
      happened: (directory, name, moved) => this.#happened(directory, name, moved),
      differs: (directory) => {
        options.changed(directory, true);
        this.#grown.add(directory);
        this.#work();
      },
    });
  }

  coverage(): { directories: number; polled: number } {
    return this.#directories.counts();
  }

  /** Fifos, sockets and devices in the directories under observation. */
  oddPaths(): RepoPath[] {
    return this.#odd.within((directory) => this.#directories.has(directory));
  }

  /** Looks at every directory again: new ones are watched, ignored and vanished ones let go. Resolves when that is done. */
  rescan(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#closed) return resolve();
      this.#wholeAsked.push(resolve);
      this.#work();
    });
  }

  close(): void {
    this.#closed = true;
    this.#directories.close();
    for (const done of this.#wholeAsked.splice(0)) done();
  }

  #happened(directory: RepoPath, nameBytes: Buffer | null, moved: boolean): void {
    if (this.#closed) return;
    if (nameBytes === null) return this.#lostTrack();
    const name = repoPathFromBytes(nameBytes);
    // A directory's own removal or move comes under its own name; a child of that name is looked at as well.
    if (moved && directory === ROOT && name === this.#rootName) this.#options.rootMoved();
    else if (moved && name === baseName(directory)) this.#examine(directory);
    if (this.#options.skipped(name)) {
      if (!moved) return;
      // The repository itself went, and with it the root perhaps: while a process is in a directory, nothing else tells of its end.
      if (directory === ROOT) this.#options.rootMoved();
      // A repository inside that is begun or ended: what lies beside it is another thing now.
      else this.#options.changed(directory, false);
      return;
    }
    const path = joinPath(directory, name);
    this.#options.changed(path, !moved);
    if (moved) this.#examine(path);
  }

  /** Events were lost. Every watch says so, all in one turn of the loop: the first one is enough. */
  #lostTrack(): void {
    if (this.#lost) return;
    this.#lost = true;
    this.#pending.clear();
    this.#options.changed(null, false);
    void this.rescan();
  }

  #examine(path: RepoPath): void {
    if (this.#lost) return;
    this.#pending.add(path);
    if (this.#pending.size > MAX_PENDING) this.#lostTrack();
    else this.#work();
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
      this.#lost = false;
      if (asked.length > 0) await this.#scan([ROOT], { report: 'none', enterKnown: true });
      for (const done of asked) done();
      await this.#scan(await this.#directoriesOf(pending), { report: 'all', enterKnown: true });
      await this.#scan(grown, { report: 'below', enterKnown: false });
    }
  }

  /** What is a directory now, less those inside another of them; what is none any more is let go. */
  async #directoriesOf(paths: readonly RepoPath[]): Promise<RepoPath[]> {
    const directories = new Set<RepoPath>();
    await inParallel(paths, STATS_AT_ONCE, async (path) => {
      const stat = await this.#options.ports.files.stat(this.#directories.absolute(path)).catch(() => null);
      if (stat?.kind === 'directory') directories.add(path);
      else this.#directories.drop(path);
      // Told once more: whoever looked at the first word of it could not know yet.
      if (this.#odd.set(path, stat?.kind === 'other')) this.#options.changed(path, false);
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
    for (const path of pruned) this.#directories.drop(path);
    return directories.filter((path) => !pruned.has(path));
  }

  /** In breadth, so that the ignore rules are asked once per level and not once per directory. */
  async #scan(starts: readonly RepoPath[], { report, enterKnown }: Scan): Promise<void> {
    let level = starts;
    for (let depth = 0; level.length > 0 && !this.#closed; depth += 1) {
      const reporting = report === 'all' || (report === 'below' && depth > 0);
      const found = (await inParallel(level, LISTS_AT_ONCE, (directory) => this.#enter(directory, reporting))).flat();
      level = await this.#unpruned(enterKnown ? found : found.filter((path) => !this.#directories.has(path)));
    }
  }

  /** Watches one directory, then lists it: its subdirectories. */
  async #enter(directory: RepoPath, report: boolean): Promise<RepoPath[]> {
    if (!(await this.#directories.cover(directory))) return [];
    const names = new Set<string>();
    const odd: string[] = [];
    try {
      for (const entry of await this.#options.ports.files.list(this.#directories.absolute(directory))) {
        if (entry.kind === 'file' && !report) continue;
        const name = repoPathFromBytes(entry.name);
        if (this.#options.skipped(name)) continue;
        if (entry.kind === 'directory') names.add(name);
        if (entry.kind === 'other') odd.push(name);
        if (report) this.#options.changed(joinPath(directory, name), false);
      }
    } catch (error) {
      await this.#directories.unlisted(directory, error);
      return [];
    }
    this.#directories.retain(directory, names);
    this.#odd.setAll(directory, odd);
    return [...names].map((name) => joinPath(directory, name));
  }
}

function take<Item>(set: Set<Item>): Item[] {
  const items = [...set];
  set.clear();
  return items;
}
