import type { Ports } from '../ports.ts';
import { isWithin, repoPathFromText, type RepoPath } from '../repo-path.ts';
import { WatchedTree } from './watched-tree.ts';

/** Changes that come within this time are one. */
const GATHER_MS = 50;

/** What of a repository's own directory concerns us: where its branches are, what is staged, what the person is in the middle of. */
const FILES = new Set<string>([
  ...['HEAD', 'index', 'packed-refs', 'config', 'info/exclude'],
  ...['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'BISECT_LOG', 'BISECT_START', 'REBASE_HEAD', 'rebase-merge', 'rebase-apply', 'sequencer'],
  // Mercurial's: parents and staged adds, branch, bookmarks, an operation in progress.
  ...['dirstate', 'branch', 'bookmarks', 'bookmarks.current', 'merge', 'rebasestate', 'histedit-state', 'graftstate', 'updatestate', 'hgrc', 'store/00changelog.i'],
]);
const BRANCHES = repoPathFromText('refs/heads');
const ENTERED = new Set<string>(['refs', 'info', 'store']);

const concerns = (path: RepoPath): boolean => !path.endsWith('.lock') && (FILES.has(path) || isWithin(path, BRANCHES));

const entered = (path: RepoPath): boolean => ENTERED.has(path) || isWithin(path, BRANCHES);

export interface RepositoryWatch {
  readonly ready: Promise<void>;
  /** Directories of the repository that have no watch for want of watches. */
  polled(): number;
  close(): void;
}

interface RepositoryWatchOptions {
  readonly ports: Pick<Ports, 'clock' | 'files' | 'watch' | 'log'>;
  /** `.git` (or `.hg`), and the common one of linked work trees where that is another. */
  readonly directories: readonly string[];
  readonly network: boolean;
  readonly changed: () => void;
  /** `isSeen` false: it may have, events were lost. */
  readonly excludesChanged: (isSeen: boolean) => void;
  readonly covered: () => void;
  /** One of the directories itself was moved or removed. */
  readonly rootMoved: () => void;
}

/** Watches the few places of a repository's own directory that matter; never its objects, our own folder, or locks. */
export function watchRepository(options: RepositoryWatchOptions): RepositoryWatch {
  const { ports, network, covered } = options;
  let cancelTimer: (() => void) | null = null;
  const gather = (): void => {
    cancelTimer ??= ports.clock.after(GATHER_MS, () => {
      cancelTimer = null;
      options.changed();
    });
  };
  const trees = options.directories.map((root) => {
    const tree: WatchedTree = new WatchedTree({
      ports,
      root,
      network,
      covered,
      skipped: () => false,
      prune: async (directories) => new Set(directories.filter((path) => !entered(path))),
      changed: (path) => {
        // Polled directories are reported as a whole, by their own path.
        if (path === null || path.length === 0 || entered(path) || concerns(path)) gather();
        if (path === null || path === 'info' || path === 'info/exclude') options.excludesChanged(path !== null);
      },
      rootMoved: () => {
        gather();
        options.rootMoved();
      },
    });
    return tree;
  });
  return {
    ready: Promise.all(trees.map((tree) => tree.rescan())).then(() => undefined),
    polled: () => trees.reduce((sum, tree) => sum + tree.coverage().polled, 0),
    close() {
      cancelTimer?.();
      for (const tree of trees) tree.close();
    },
  };
}
