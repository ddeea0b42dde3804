import type { Activity } from '../../../shared/activity.ts';
import type { MirrorSettings } from '../../../shared/mirror.ts';
import type { KeyedQueue } from '../keyed-queue.ts';
import type { Ports } from '../ports.ts';
import type { Semaphore } from '../vcs/semaphore.ts';
import type { Accounts } from './accounts.ts';
import type { HookAddress } from './hook-keeper.ts';
import type { RepositoryMirror } from './repository-mirror.ts';
import type { RepositoryPair } from './repository-pair.ts';

/** What all mirrors of the home share. */
export interface MirrorDeps {
  readonly ports: Ports;
  readonly accounts: Accounts;
  /** Records, and the stores of mirrors that have no folder of their own: `<state>/mirrors`. */
  readonly directory: string;
  /** One piece of work at a time for each store. */
  readonly queue: KeyedQueue;
  /** Repositories at work at once, over all mirrors. */
  readonly places: Semaphore;
  /** `seen`: what an earlier run of the same pair gave. */
  open(pair: RepositoryPair, seen: string | null): RepositoryMirror;
  /** Places in the folder of this mirror that other mirrors use. */
  takenBeside(settings: MirrorSettings): readonly string[];
  /** Where forges are to ring; null: nobody listens. */
  hookAddress(): Promise<HookAddress | null>;
  record(entry: Omit<Activity, 'at' | 'folder' | 'paths'> & Partial<Pick<Activity, 'paths'>>): void;
}

/** Where the stores of a mirror lie. */
export const storesDirectory = (context: Pick<MirrorDeps, 'directory'>, { id, target }: MirrorSettings): string => (target.kind === 'directory' ? target.path : `${context.directory}/${id}`);

export const recordsFile = (context: Pick<MirrorDeps, 'directory'>, id: string): string => `${context.directory}/${id}.json`;

export const nowOf = ({ ports }: Pick<MirrorDeps, 'ports'>): string => new Date(ports.clock.now()).toISOString();
