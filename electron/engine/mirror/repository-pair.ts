import type { MirrorProblem } from '../../../shared/mirror-problem.ts';
import type { MirrorOptions, MirrorState, PlannedRef, SKIP_REASONS } from '../../../shared/mirror.ts';
import type { Credential } from './credential.ts';

/** One side of a pair. Without a credential, what the person's own git knows of that host is used. */
export interface Endpoint {
  readonly url: string;
  readonly credential: Credential | null;
}

/** A side that is pushed to. */
export interface PushEndpoint extends Endpoint {
  /** By the forge's API, where there is one; throws a `LockstepError` when it does not want to. */
  readonly setDefaultBranch?: (branch: string, signal: AbortSignal) => Promise<void>;
}

/** One repository that is kept in step with its source. */
export interface RepositoryPair {
  /** What stays the same when it is renamed or moved at its source (forge, host and the forge's own id; else the address): a store of another one is never taken over. */
  readonly identity: string;
  /** Absolute path of the bare repository: the local mirror itself, or our own cache below the home. Its root exists. */
  readonly store: string;
  /** The store is the target: people read it, nobody pushes to it. */
  readonly isLocalMirror: boolean;
  readonly source: Endpoint;
  readonly target: PushEndpoint | null;
  readonly options: Pick<MirrorOptions, 'lfs' | 'deletions' | 'rewrites' | 'keepDays'>;
  /** As the forge says, before a first copy is made; null: unknown. */
  readonly expectedBytes: number | null;
}

/** Of this moment; whoever keeps it adds since when. */
export type Trouble = Omit<MirrorProblem, 'since'>;

/** How a repository stands after a run or a check. */
export interface Standing {
  readonly state: MirrorState;
  /** Heads and tags that the store has. */
  readonly refs: number;
  readonly problem: Trouble | null;
  /** Of the store, in this run; of a check what a run would move, or asks about. */
  readonly moved: readonly PlannedRef[];
  /** What waits for a yes: `run` with this digest does it, and nothing else. Null: nothing waits. */
  readonly heldDigest: string | null;
  readonly held: readonly PlannedRef[];
  readonly defaultBranch: string | null;
  /** Opaque, of an undisturbed run: given back later, a run in which nothing moved starts no process. */
  readonly seen: string | null;
}

/** What a run would do; nothing was written to find out. */
export interface Preview {
  readonly action: 'create' | 'update' | 'exists' | 'skip';
  readonly why?: (typeof SKIP_REASONS)[number];
  readonly refs: readonly PlannedRef[];
  readonly problem: Trouble | null;
}

export interface RunRequest {
  /** Digest of a plan (`Standing.heldDigest`) that the person said yes to. */
  readonly approved: string | null;
  /** Branch at the target that keeps what another hand pushed there, before it is pushed over. */
  readonly renameTheirs?: string;
}

/** A branch was made from a backup, or why not. */
export type Restored = { readonly outcome: 'restored'; readonly commit: string } | { readonly outcome: 'no-such-backup' | 'name-taken' | 'bad-name' | 'no-commit' } | { readonly outcome: 'trouble'; readonly problem: Trouble };

/** A commit that only the target has, below a branch that another hand moved. */
export interface TargetCommit {
  readonly ref: string;
  readonly commit: string;
  readonly at: string;
  readonly author: string;
  readonly subject: string;
}
