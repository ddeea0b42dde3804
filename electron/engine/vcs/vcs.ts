import type { CommitEntry, WHOLE_FOLDER } from '../../../shared/commands.ts';
import type { Params, ProblemCode } from '../../../shared/problem.ts';
import type { RepoPath } from '../repo-path.ts';
import type { RemoteUrl } from './remote-url.ts';

/** Full hexadecimal id of an object. */
export type ObjectId = string;

export type FileMode = '100644' | '100755' | '120000' | '160000';

/** One entry of a tree. */
export interface TreeEntry {
  readonly mode: FileMode;
  readonly id: ObjectId;
}

/** How one path differs between two trees; null: not there. Never both null. */
export interface TreeChange {
  readonly path: RepoPath;
  readonly before: TreeEntry | null;
  readonly after: TreeEntry | null;
}

/** Where a repository lies; absolute, real paths. */
export interface RepositoryPlace {
  readonly workTree: string;
  /** This work tree's own git directory (of a linked work tree: below the common one). */
  readonly gitDir: string;
  /** What linked work trees share; one queue of work per common directory. */
  readonly commonDir: string;
}

export type Head =
  | { readonly state: 'branch'; readonly branch: string; readonly commit: ObjectId }
  /** A branch without a commit yet. */
  | { readonly state: 'unborn'; readonly branch: string }
  | { readonly state: 'detached'; readonly commit: ObjectId }
  /** A ref file is there but empty or unreadable: not a new repository, damage. */
  | { readonly state: 'damaged'; readonly detail: string };

/** Something that is not ours to go on over: a code and values for its sentence. */
export interface Finding {
  readonly code: ProblemCode;
  readonly params: Params;
}

/** A trouble met on the way to or from the remote, or in the repository: classified, never raw text as the headline. */
export interface Trouble extends Finding {
  readonly outcome: 'trouble';
}

export interface WorkTreeStatus {
  /** Differences between HEAD (or the index, where nothing is staged) and the work tree, ignored files left out. */
  readonly changes: readonly { readonly path: RepoPath; readonly change: 'added' | 'modified' | 'deleted' | 'type-changed' }[];
  /** Untracked directories that are repositories of their own. */
  readonly nested: readonly RepoPath[];
  /** Whether the index holds something that HEAD does not: the person staged it. */
  readonly staged: number;
  /** Directories or files that git could not read. */
  readonly unreadable: readonly RepoPath[];
}

export interface CommitRequest {
  readonly head: Head & { state: 'branch' | 'unborn' };
  readonly message: string;
  /** Left as they are in HEAD. */
  readonly held: readonly RepoPath[];
  /** How many paths will change, roughly: many are written as one pack. */
  readonly expected: number;
  /** Looks at what would be committed before any ref moves; a finding holds the commit. */
  readonly brake: (changes: readonly TreeChange[]) => Promise<Finding | null> | Finding | null;
}

export type CommitOutcome =
  | { readonly outcome: 'committed'; readonly commit: ObjectId; readonly changes: readonly TreeChange[]; readonly skipped: readonly RepoPath[] }
  | { readonly outcome: 'nothing'; readonly skipped: readonly RepoPath[] }
  | { readonly outcome: 'held'; readonly finding: Finding; readonly changes: readonly TreeChange[] }
  /** HEAD moved while we worked: look again. */
  | { readonly outcome: 'head-moved' }
  | Trouble;

/** A branch that goes from one commit (null: unborn) to another, once the work tree holds that one. */
export interface Advance {
  readonly branch: string;
  readonly from: ObjectId | null;
  readonly to: ObjectId;
  /** `diff(from, to)`. */
  readonly changes: readonly TreeChange[];
  /** For the reflog. */
  readonly why: string;
}

export type FetchOutcome =
  /** `tip` null: the remote has no such branch (yet, or any more). */
  | { readonly outcome: 'fetched'; readonly tip: ObjectId | null; readonly emptied: boolean }
  | Trouble;

export interface PushRequest {
  readonly remote: string;
  readonly branch: string;
  readonly tip: ObjectId;
  /** Where the remote's branch was when we last saw it; null: nowhere. A branch that is gone there is not made again. */
  readonly since: ObjectId | null;
}

export type PushOutcome =
  | { readonly outcome: 'pushed'; readonly tip: ObjectId }
  /** Somebody else was first, as the remote says in `detail`: pull, then push again. */
  | { readonly outcome: 'remote-moved'; readonly detail: string }
  | Trouble;

export interface Relation {
  readonly ahead: number;
  readonly behind: number;
  /** Null: no common history. */
  readonly base: ObjectId | null;
}

/** A commit that a remote does not have. */
export interface OutgoingCommit {
  readonly id: ObjectId;
  readonly parents: readonly ObjectId[];
  /** What it holds that none of its parents does, each with what they have there; removals left out. */
  readonly changes: readonly { readonly path: RepoPath; readonly after: TreeEntry; readonly befores: readonly (TreeEntry | null)[] }[];
}

/** The machines' names on both sides of a merge, for the names of conflict copies. */
export type MergeOutcome =
  | {
      readonly outcome: 'merged';
      /** The commit, written but not on any ref. Two machines that merge the same two commits make the same one. */
      readonly commit: ObjectId;
      readonly conflicts: readonly { readonly path: RepoPath; readonly copy: RepoPath }[];
    }
  | { readonly outcome: 'unrelated' }
  | Trouble;

/** What the file system of a work tree cannot keep, as the repository says (git: `core.fileMode`, `core.ignoreCase`; it found out when it was made). */
export interface FileSystemLimits {
  /** False: modes mean nothing here. */
  readonly executableBits: boolean;
  /** `Readme` and `README` are one name. */
  readonly foldsCase: boolean;
}

/** Bytes of a file as the work tree has them: line endings, encodings and trusted filters applied. */
export interface WorkTreeContent {
  readonly path: RepoPath;
  readonly entry: TreeEntry;
  readonly bytes: Buffer;
}

/** A commit that touched a path, the machine that made it, and what the path held then. */
export interface Touch {
  readonly commit: ObjectId;
  readonly at: string;
  readonly machine: string | null;
  readonly machineId: string | null;
  readonly blob: ObjectId;
}

/** A state of the whole folder that is kept beside the history. */
export interface SetAsideState {
  /** Of letters, digits, dots and dashes. */
  readonly name: string;
  readonly why: (typeof WHOLE_FOLDER)[number];
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly commit: ObjectId;
}

/**
 * The verbs that the engine needs of a version-control system. Nothing here ever writes a file of the work tree:
 * that is the applier's. Every call that may wait takes a signal and has a limit of its own; expected outcomes are
 * values, an exception is a surprise.
 */
export interface Vcs {
  readonly kind: 'git' | 'hg';
  readonly place: RepositoryPlace;
  /** Folder of our own beside the repository's data (`.git/lockstep`), made when missing, 0700. */
  readonly ownDirectory: string;

  limits(): Promise<FileSystemLimits>;
  head(): Promise<Head>;
  /**
   * What the person is in the middle of, or a lock that is not ours; null: free to work. Files only, no process.
   * `locked` with `params.live` 0 is a lock that nobody holds any more: it is left where it is, and commits go on.
   */
  guard(): Promise<Finding | null>;
  /** Removes a lock that `guard` found left behind, because the person says so. False: it is held again, or was none. */
  removeLeftLock(file: string): Promise<boolean>;
  /** Puts right what a power failure left of the repository's own files, where that loses nothing; gives what it was. */
  mend(branch: string | null): Promise<readonly string[]>;
  /** Digest and list of configuration that would run something of the repository's own; null: none. */
  executingConfig(): Promise<{ readonly digest: string; readonly keys: readonly string[] } | null>;
  /**
   * From now on the repository's own hooks, filters and merge drivers run, for as long as they are the ones that the
   * digest stands for (null: there were none); or, with null, never.
   */
  trust(agreed: { readonly digest: string | null } | null): void;
  /** Ignored here: gitignore, the person's excludes, and the folder's own patterns. Of the given paths, those ignored. */
  ignored(paths: readonly { readonly path: RepoPath; readonly directory: boolean }[]): Promise<ReadonlySet<RepoPath>>;
  /** This machine's own patterns for this folder (gitignore syntax), on top of the repository's. */
  setIgnorePatterns(patterns: readonly string[]): Promise<void>;

  status(signal: AbortSignal): Promise<WorkTreeStatus>;
  /** Of the paths, those that the person told it not to look at (git: skip-worktree, assume-unchanged): neither status nor commit sees what lies there. */
  unlooked(paths: readonly RepoPath[]): Promise<ReadonlySet<RepoPath>>;
  /** Submodules that are checked out here with something else than is linked: changes, or another commit. Never committed by us. */
  changedSubmodules(signal: AbortSignal): Promise<readonly RepoPath[]>;
  commit(request: CommitRequest, signal: AbortSignal): Promise<CommitOutcome>;
  /** Keeps the work tree's present state under `refs/lockstep/snap/` without touching branch, index or files; null: nothing new. */
  snapshot(signal: AbortSignal): Promise<ObjectId | null>;

  /** Address of the remote as configured now; null: no such remote. */
  remoteUrl(name: string): Promise<string | null>;
  /** Names of the configured remotes. */
  remotes(): Promise<readonly string[]>;
  /** Sets the remote's address, or makes the remote; its branches as last seen stay known. */
  setRemoteUrl(name: string, url: RemoteUrl): Promise<void>;
  /** The tip of the branch on the remote, by asking it; cheap. */
  remoteTip(remote: string, branch: string, signal: AbortSignal): Promise<FetchOutcome>;
  /** Fetches the branch into its remote-tracking ref; nothing else moves. */
  fetch(remote: string, branch: string, signal: AbortSignal): Promise<FetchOutcome>;
  push(request: PushRequest, signal: AbortSignal): Promise<PushOutcome>;
  /** The remote-tracking ref's value as last fetched or pushed. */
  trackedTip(remote: string, branch: string): Promise<ObjectId | null>;
  /** Whether there is such a branch here, or was on the remote when it was last asked; one that has no commit yet counts while it is checked out. */
  hasBranch(remote: string | null, branch: string): Promise<boolean>;

  /** Commits up to `tip` that the remote (null: any remote) does not have, as far as is known here, nor the `known` ones; parents first. */
  outgoing(tip: ObjectId, there: { readonly remote: string | null; readonly known: readonly ObjectId[] }, signal: AbortSignal): Promise<readonly OutgoingCommit[]>;
  /** Sizes in bytes of blobs; those that are missing are left out. */
  blobSizes(ids: readonly ObjectId[], signal: AbortSignal): Promise<ReadonlyMap<ObjectId, number>>;
  /** Writes the same commit on other parents and with other entries at some paths (null: none); its signature goes. No ref moves. */
  rewriteCommit(id: ObjectId, change: { readonly parents: readonly ObjectId[]; readonly entries: ReadonlyMap<RepoPath, TreeEntry | null> }, signal: AbortSignal): Promise<ObjectId>;
  isAncestor(ancestor: ObjectId, of: ObjectId): Promise<boolean>;
  relation(ours: ObjectId, theirs: ObjectId): Promise<Relation>;
  /** Merges two commits in the object store only. `joinUnrelated`: also two histories that never had anything in common. */
  merge(ours: ObjectId, theirs: ObjectId, signal: AbortSignal, options?: { readonly joinUnrelated?: boolean }): Promise<MergeOutcome>;

  /** Differences of two commits or trees, renames not looked for; null: the empty tree. Sorted by path. */
  diff(before: ObjectId | null, after: ObjectId | null, signal: AbortSignal): Promise<readonly TreeChange[]>;
  /** Contents as the work tree should have them, one by one in the order asked: at most one in memory at a time. */
  contents(entries: readonly { readonly path: RepoPath; readonly entry: TreeEntry }[], signal: AbortSignal): AsyncIterable<WorkTreeContent>;
  /** Of files that lie in `directory` under the given names: the ids that their content has as `path` (filters applied). */
  identify(files: readonly { readonly path: RepoPath; readonly file: Buffer; readonly mode: FileMode }[], signal: AbortSignal): Promise<readonly ObjectId[]>;
  /** Writes bytes as a blob, unfiltered. */
  writeBlob(bytes: Buffer): Promise<ObjectId>;
  readBlob(id: ObjectId): Promise<Buffer>;

  /**
   * After the applier has written `to`'s tree: moves the branch from `from` (refused when it is elsewhere: false) and
   * lets the index follow, unless the person staged something.
   */
  advance(move: Advance): Promise<boolean>;
  /**
   * Whether the person's index still waits to follow a commit of ours, because somebody held its lock just then. Each
   * `status` tries again; until it has followed, the person's own git shows our commit as staged backwards.
   */
  indexIsBehind(): Promise<boolean>;
  /** Keeps a commit reachable: the remote's former history, or the folder before much of it went. Once, however often it is asked. */
  keep(commit: ObjectId, why: string, as?: Exclude<SetAsideState['why'], 'snapshot'>): Promise<void>;
  /** What `snapshot` and `keep` have kept, newest first. */
  setAside(): Promise<readonly SetAsideState[]>;
  /** Lets go of one; what the history does not hold is then git's to prune. */
  letGo(state: SetAsideState): Promise<void>;

  /** Id of the first commit of the history (the smallest id where there are several); what machines know the repository by. */
  rootCommit(): Promise<ObjectId | null>;
  history(request: { path?: RepoPath; limit: number; before?: string }): Promise<readonly CommitEntry[]>;
  /** Changes per day of the last `days` days, oldest first, told apart by machine name. */
  changesPerDay(days: number, machine: string, nowMs: number): Promise<{ mine: number[]; others: number[] }>;
  commitInfo(commit: string): Promise<CommitEntry | null>;
  /** Entry of a path in a commit; null: no such path. Throws `no-such-commit`. */
  entryAt(commit: string, path: RepoPath): Promise<TreeEntry | null>;
  /** Tracked paths whose name is that of a conflict copy. */
  conflictCopies(): Promise<readonly RepoPath[]>;
  /** For each path the newest commit that touched it, or, when `added`, that brought it in. Paths that none did are left out. */
  lastTouched(paths: readonly RepoPath[], commit: ObjectId, how?: { readonly added?: boolean }): Promise<ReadonlyMap<RepoPath, Touch>>;

  /** Locks that a dead process of ours left behind are removed; others are left. Gives what was removed. */
  recover(): Promise<readonly string[]>;
  /** Housekeeping, once a day or so: packs what lies about loose, removes half-written packs; loses nothing. True: it was worth it. */
  tidy?(signal: AbortSignal): Promise<boolean>;
  /** Ends kept helper processes; the object must not be used afterwards. */
  close(): Promise<void>;
}

