import type { RepoPath } from '../repo-path.ts';
import type { ObjectId, TreeChange, Vcs } from '../vcs/vcs.ts';

export interface ApplyRequest {
  /** What the work tree is based on (HEAD now; null: unborn), and the commit it becomes. */
  readonly from: ObjectId | null;
  readonly to: ObjectId;
  /** `diff(from, to)`. */
  readonly changes: readonly TreeChange[];
  /** This machine, for the names of conflict copies. */
  readonly machine: string;
  /** Paths (or directories) whose local version is held back from commits: in the way, it goes beside at once, as waiting would not end. */
  readonly held?: readonly RepoPath[];
  /** Paths that the person told the repository not to look at: what lies there, or does not, stays so. */
  readonly unlooked?: ReadonlySet<RepoPath>;
}

export type ApplyOutcome =
  | {
      readonly outcome: 'applied';
      readonly written: readonly RepoPath[];
      /**
       * Files of the person that were in the way and lie beside now, under these names: new changes to commit. What was
       * edited while the target removed it keeps its own name.
       */
      readonly copies: readonly { readonly path: RepoPath; readonly copy: RepoPath }[];
      /** Ignored files that were in the way: in rescue, on this machine only. */
      readonly rescued: readonly RepoPath[];
    }
  /**
   * Local changes not committed yet touch these paths: commit first, then merge. Nothing was written, or (when they came
   * up half way) what was written equals the target, so that the merge finds it on both sides.
   */
  | { readonly outcome: 'local-changes'; readonly paths: readonly RepoPath[] }
  | { readonly outcome: 'trouble'; readonly code: 'disk-full' | 'read-only' | 'unreadable-path' | 'unsupported-file' | 'remote-damaged' | 'damaged-repository'; readonly path: RepoPath };

export interface Rechecked {
  readonly copies: readonly { readonly path: RepoPath; readonly copy: RepoPath }[];
  /** Some were not let go: they must be looked at again. */
  readonly waiting: boolean;
}

/** What of a version-control system an apply needs. */
export type ApplierVcs = Pick<Vcs, 'place' | 'ownDirectory' | 'limits' | 'ignored' | 'identify' | 'contents' | 'readBlob'>;

/** Writes an incoming tree into the work tree so that no byte that lies there is ever destroyed. */
export interface Applier {
  apply(request: ApplyRequest, signal: AbortSignal): Promise<ApplyOutcome>;
  /**
   * After the quiet period: files moved aside are looked at once more. What an editor wrote into one meanwhile becomes a
   * conflict copy; the others are let go when nobody can write to them any more.
   */
  recheckAsides(): Promise<Rechecked>;
  /** At start: finishes what a crash interrupted, so that every byte is in its place or beside it. */
  recover(): Promise<readonly { readonly path: RepoPath; readonly how: 'put-back' | 'kept-beside' | 'set-aside' }[]>;
}
