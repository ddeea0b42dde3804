import type { PlannedRef, RefBackup } from '../../../shared/mirror.ts';
import { LockstepError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { CommandRunner } from '../vcs/run-command.ts';
import type { Preview, RepositoryPair, Restored, RunRequest, Standing, TargetCommit } from './repository-pair.ts';

/** What all mirrors of a program share. */
export interface MirrorContext {
  readonly ports: Ports;
  readonly runner: CommandRunner;
  /** For what a preview has to fetch to tell what was rewritten; emptied again at once. Below the home. */
  readonly scratch: string;
}

/** One repository's mirror: looks, takes in what moved, keeps what it replaces, hands it on to the target. */
export class RepositoryMirror {
  readonly pair: RepositoryPair;
  readonly #context: MirrorContext;

  /** `seen`: of an earlier `Standing` of the same pair. */
  constructor(context: MirrorContext, pair: RepositoryPair, _seen: string | null = null) {
    this.#context = context;
    this.pair = pair;
  }

  /** What a run would do; writes nothing anywhere. Throws only `cancelled`. */
  async preview(_signal: AbortSignal): Promise<Preview> {
    throw this.#missing();
  }

  /** Trouble is a value (`problem`); throws only `cancelled` and surprises. */
  async run(_request: RunRequest, _signal: AbortSignal): Promise<Standing> {
    throw this.#missing();
  }

  /** Asks both sides and compares; writes nothing. */
  async check(_signal: AbortSignal): Promise<Standing> {
    throw this.#missing();
  }

  /** Newest first. */
  async backups(): Promise<RefBackup[]> {
    throw this.#missing();
  }

  /** Makes a branch of a backup (by its `name`); it is no part of the source, and no run takes it away. */
  async restore(_name: string, _branch: string): Promise<Restored> {
    throw this.#missing();
  }

  /** Heads and tags of the store, and which of them has HEAD. */
  async refs(): Promise<{ readonly refs: readonly Pick<PlannedRef, 'ref' | 'to'>[]; readonly defaultBranch: string | null }> {
    throw this.#missing();
  }

  /** What another hand pushed to the target, as met by the last run that said `target-diverged`. */
  async targetCommits(_signal: AbortSignal): Promise<TargetCommit[]> {
    throw this.#missing();
  }

  /** Gives pushes to a local mirror back; its refs and backups stay. */
  async release(): Promise<void> {
    throw this.#missing();
  }

  #missing(): LockstepError {
    return new LockstepError('not-available', { path: this.pair.store, scratch: this.#context.scratch });
  }
}
