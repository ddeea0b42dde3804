import type { Ports } from '../ports.ts';
import { repoPathBytes, type RepoPath } from '../repo-path.ts';
import type { Vcs } from '../vcs/vcs.ts';
import { ignoredDirectories, isIgnoreFile, isRepositoryData } from './ignored-directories.ts';
import { isOnNetwork } from './network-file-system.ts';
import { OwnWriteMarks } from './own-writes.ts';
import { watchRepository, type RepositoryWatch } from './repository-watch.ts';
import { RootGuard } from './root-guard.ts';
import { WatchedTree } from './watched-tree.ts';
import type { FolderWatcher, WatchEvents } from './watcher.ts';

/** A changed ignore file is often one of many (a checkout): one rescan for all of them. */
const IGNORE_RULES_SETTLE_MS = 500;

export interface WatchedFolder {
  readonly ports: Pick<Ports, 'clock' | 'files' | 'watch' | 'log'>;
  /** The work tree: absolute, a real path. */
  readonly root: string;
  /** Its repository's own directory (`.git`, `.hg`, or below the common one for a linked work tree). */
  readonly gitDir: string;
  /** Where linked work trees keep their branches; `gitDir` when left out. */
  readonly commonDir?: string;
  /** `Vcs.ignored`. */
  readonly ignored: Vcs['ignored'];
  readonly events: WatchEvents;
}

/** Watches a work tree and its repository until closed, or until the root is gone. */
export const watchFolder = (folder: WatchedFolder): FolderWatcher => new Watcher(folder);

class Watcher implements FolderWatcher {
  readonly ready: Promise<void>;
  readonly ownWrites: OwnWriteMarks;
  readonly #folder: WatchedFolder;
  readonly #rootGuard: RootGuard;
  #tree: WatchedTree | null = null;
  #repository: RepositoryWatch | null = null;
  #cancelRescan: (() => void) | null = null;
  #reported = '';
  #closed = false;

  constructor(folder: WatchedFolder) {
    this.#folder = folder;
    const root = Buffer.from(`${folder.root}/`);
    this.ownWrites = new OwnWriteMarks({
      ...folder.ports,
      absolute: (path) => Buffer.concat([root, repoPathBytes(path)]),
      report: (path) => {
        if (!this.#closed) folder.events.changed(path);
      },
    });
    this.#rootGuard = new RootGuard(folder.ports, [folder.root, folder.gitDir], () => {
      void this.close();
      folder.events.rootGone();
    });
    this.ready = this.#start();
  }

  oddPaths(): readonly RepoPath[] {
    return this.#tree?.oddPaths() ?? [];
  }

  async rescan(): Promise<void> {
    if (await this.#rootGuard.check()) await this.#tree?.rescan();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelRescan?.();
    this.#rootGuard.close();
    this.#tree?.close();
    this.#repository?.close();
    this.ownWrites.close();
  }

  async #start(): Promise<void> {
    const { ports, root, gitDir, commonDir = gitDir, ignored, events } = this.#folder;
    const network = await isOnNetwork(ports.files, root);
    if (!(await this.#rootGuard.check()) || this.#closed) return;
    this.#tree = new WatchedTree({
      ports,
      root,
      network,
      skipped: isRepositoryData,
      prune: ignoredDirectories(ignored, ports.log),
      changed: (path, inPlace) => {
        if (path !== null && isIgnoreFile(path)) this.#ignoreRulesChanged();
        this.ownWrites.seen(path, inPlace);
      },
      covered: () => this.#covered(),
      rootMoved: () => void this.#rootGuard.check(),
    });
    this.#repository = watchRepository({
      ports,
      directories: [...new Set([gitDir, commonDir])],
      network,
      changed: () => events.repositoryChanged(),
      excludesChanged: (isSeen) => {
        this.#ignoreRulesChanged();
        // What is changed, or held back, may be other files by these rules. Lost events are told by the tree itself.
        if (isSeen) this.ownWrites.seen(null, false);
      },
      covered: () => this.#covered(),
      rootMoved: () => void this.#rootGuard.check(),
    });
    // The repository's few directories first: where watches are short, they matter most.
    await this.#repository.ready;
    await this.#tree.rescan();
    this.#covered();
  }

  #ignoreRulesChanged(): void {
    this.#cancelRescan?.();
    this.#cancelRescan = this.#folder.ports.clock.after(IGNORE_RULES_SETTLE_MS, () => void this.#tree?.rescan());
  }

  #covered(): void {
    if (this.#closed || !this.#tree) return;
    const { directories, polled } = this.#tree.coverage();
    const coverage = { directories, polled: polled + (this.#repository?.polled() ?? 0) };
    const now = `${coverage.directories} ${coverage.polled}`;
    if (now === this.#reported) return;
    this.#reported = now;
    this.#folder.events.coverage(coverage);
  }
}
