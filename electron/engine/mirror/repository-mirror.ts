import type { PlannedRef, RefBackup } from '../../../shared/mirror.ts';
import { LockstepError } from '../errors.ts';
import type { GitRepository } from '../vcs/git/git-repository.ts';
import { bareRepository, isThere, releaseStore } from './bare-store.ts';
import { checkPair } from './check-pair.ts';
import type { MirrorTools } from './mirror-tools.ts';
import { PairTrouble } from './pair-trouble.ts';
import { shortName } from './plan-refs.ts';
import { previewPair } from './preview-pair.ts';
import { newestFirst } from './ref-backups.ts';
import type { Preview, RepositoryPair, Restored, RunRequest, Standing, TargetCommit } from './repository-pair.ts';
import { restoreBranch } from './restore-branch.ts';
import { runPair } from './run-pair.ts';
import { inTrouble } from './standing.ts';
import { readStoreRefs } from './store-refs.ts';
import { targetCommits } from './target-commits.ts';

/** One repository's mirror: looks, takes in what moved, keeps what it replaces, hands it on to the target. */
export class RepositoryMirror {
  readonly pair: RepositoryPair;
  readonly #tools: MirrorTools;
  #seen: string | null;

  /** `seen`: of an earlier `Standing` of the same pair. */
  constructor(tools: MirrorTools, pair: RepositoryPair, seen: string | null = null) {
    this.#tools = tools;
    this.pair = pair;
    this.#seen = seen;
  }

  /** What a run would do; writes nothing to the mirror, nor anywhere else but scratch. Throws only `cancelled`. */
  async preview(signal: AbortSignal): Promise<Preview> {
    try {
      return await previewPair(this.#tools, this.pair, signal);
    } catch (error) {
      if (!(error instanceof PairTrouble)) throw error;
      return { action: 'skip', why: 'unavailable', refs: [], problem: error.trouble };
    }
  }

  /** Trouble is a value (`problem`); throws only `cancelled` and surprises. */
  async run(request: RunRequest, signal: AbortSignal): Promise<Standing> {
    const standing = await this.#standing(() => runPair(this.#tools, this.pair, request, this.#seen, signal));
    this.#seen = standing.seen;
    return standing;
  }

  /** Asks both sides and compares; writes nothing. */
  async check(signal: AbortSignal): Promise<Standing> {
    return this.#standing(() => checkPair(this.#tools, this.pair, signal));
  }

  /** Newest first. */
  async backups(): Promise<RefBackup[]> {
    return this.#reading([], async (repository) => newestFirst((await readStoreRefs(repository)).backups));
  }

  /** Makes a branch of a backup (by its `name`); it is no part of the source, and no run takes it away. */
  async restore(name: string, branch: string, signal = new AbortController().signal): Promise<Restored> {
    const repository = await this.#repository();
    if (!repository) return { outcome: 'no-such-backup' };
    this.#seen = null;
    return restoreBranch(repository, { name, branch }, signal);
  }

  /** Heads and tags of the store, and which of them has HEAD. */
  async refs(): Promise<{ readonly refs: readonly Pick<PlannedRef, 'ref' | 'to'>[]; readonly defaultBranch: string | null }> {
    return this.#reading({ refs: [], defaultBranch: null }, async (repository) => {
      const { refs, head } = await readStoreRefs(repository);
      return { refs: [...refs].map(([ref, to]) => ({ ref, to })), defaultBranch: head === null ? null : shortName(head) };
    });
  }

  /** What another hand pushed to the target, as met by the last run that said `target-diverged`. */
  async targetCommits(signal: AbortSignal): Promise<TargetCommit[]> {
    return this.#reading([], (repository) => targetCommits(repository, signal));
  }

  /** Gives pushes to a local mirror back; its refs and backups stay. */
  async release(): Promise<void> {
    if (await this.#repository()) await releaseStore(this.#tools.ports.files, this.pair.store);
  }

  /** Throws the trouble that it meets. */
  async #reading<T>(without: T, read: (repository: GitRepository) => Promise<T>): Promise<T> {
    const repository = await this.#repository();
    try {
      return repository ? await read(repository) : without;
    } catch (error) {
      throw error instanceof PairTrouble ? new LockstepError(error.trouble.code, error.trouble.params, { cause: error }) : error;
    }
  }

  /** Null: there is none of ours. */
  async #repository(): Promise<GitRepository | null> {
    try {
      return (await isThere(this.#tools.ports.files, this.pair)) ? bareRepository(this.#tools, this.pair.store) : null;
    } catch (error) {
      if (error instanceof PairTrouble) return null;
      throw error;
    }
  }

  async #standing(work: () => Promise<Standing>): Promise<Standing> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof PairTrouble)) throw error;
      return inTrouble(error, await this.#count());
    }
  }

  async #count(): Promise<number | null> {
    try {
      const repository = await this.#repository();
      return repository && (await readStoreRefs(repository)).refs.size;
    } catch (error) {
      // Whatever is the matter with it is said already.
      if (error instanceof PairTrouble || error instanceof LockstepError) return 0;
      throw error;
    }
  }
}
