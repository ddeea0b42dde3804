import type { RepoPath } from '../repo-path.ts';

/** What a folder's watcher reports. Events are hints: the VCS's status is the truth. */
export interface WatchEvents {
  /** Something below the root changed; `path` null: unknown what (overflow, lost watch), look at everything. */
  changed(path: RepoPath | null): void;
  /** Something in the repository's own directory changed that may concern us: HEAD, refs, index, an operation in progress. */
  repositoryChanged(): void;
  /** Directories watched directly, and those that are looked at every so often because the system has no watches left. */
  coverage(coverage: { directories: number; polled: number }): void;
  /** The root vanished, or is another directory now. */
  rootGone(): void;
}

export interface FolderWatcher {
  /** Resolves when every directory is watched or polled. */
  readonly ready: Promise<void>;
  /** Marks a path that we are about to write or have just written: its event is dropped while the file is as we left it. */
  readonly ownWrites: OwnWrites;
  /** Fifos, sockets and devices in watched directories, ignored ones too: found by their entries, never opened. */
  oddPaths(): readonly RepoPath[];
  /** Ignore rules changed: prune and add accordingly. */
  rescan(): Promise<void>;
  close(): Promise<void>;
}

/** Tells our own writes from other people's, by inode and times. */
export interface OwnWrites {
  /** Between these two, every event below the root is kept back and judged at the end. */
  begin(): void;
  /**
   * The paths as they are now are ours, if they were linked, moved or removed: content written in place is reported.
   * Events that do not match are reported as usual. What another program moved over ours before this call is taken for
   * ours: look once at the paths afterwards.
   */
  end(paths: readonly RepoPath[]): Promise<void>;
}
