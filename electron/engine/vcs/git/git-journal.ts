import { posix } from 'node:path';
import { z } from 'zod';
import type { RepositoryPlace } from '../vcs.ts';
import { localRemotes } from './git-address.ts';
import { gitAtWork } from './git-locks.ts';
import type { GitRepository } from './git-repository.ts';

/** A lock that we make ourselves, as another name of a file of ours: by its inode it is told from anybody else's. */
const madeLockSchema = z.object({ file: z.string(), inode: z.number() });
export type MadeLock = z.infer<typeof madeLockSchema>;

const lockSchema = z.union([z.string(), madeLockSchema]);
type Lock = z.infer<typeof lockSchema>;

const recordSchema = z.object({
  pid: z.number(),
  startTime: z.string().nullable(),
  /** Locks that were not there when it was written, and that the call it was written for may leave behind. */
  locks: z.array(lockSchema),
  /** The person's index is still as `base` says, while we have moved the branch on to `to`; null: it has followed. */
  index: z.object({ base: z.string().nullable(), to: z.string() }).nullable(),
});
type Journal = z.infer<typeof recordSchema>;
export type IndexBehind = NonNullable<Journal['index']>;

/** Between two looks at an orphan of a program that died, or at a lock that somebody may still hold; and how often. */
const ORPHAN_WAIT_MS = 500;
const ORPHAN_LOOKS = 20;

/**
 * What we are about to do to a repository, written before it is done: after a crash this tells our own dead locks from
 * other people's, and an index that has not followed our commit from one in which the person staged something.
 */
export class GitJournal {
  readonly #repository: GitRepository;
  readonly #file: string;

  constructor(repository: GitRepository) {
    this.#repository = repository;
    this.#file = repository.own('locks.json');
  }

  /** Before what may leave locks behind when it is killed. `index` undefined: what is known of the index stays. */
  async begin(locks: readonly Lock[], index?: IndexBehind | null): Promise<void> {
    if (locks.length === 0 && index === undefined) return;
    const { host, processes } = this.#repository.ports;
    const known = index === undefined ? await this.indexBehind() : index;
    await this.#write({ pid: host.pid, startTime: await processes.startTime(host.pid), locks: await this.#absent(locks), index: known });
  }

  /** Afterwards: the locks are no longer ours to have. */
  async end(index?: IndexBehind | null): Promise<void> {
    const known = index === undefined ? await this.indexBehind() : index;
    if (known) await this.#write({ pid: 0, startTime: null, locks: [], index: known });
    else if (await this.#repository.ports.files.stat(this.#file)) await this.#repository.ports.files.remove(this.#file);
  }

  async indexBehind(): Promise<IndexBehind | null> {
    return (await this.#read())?.index ?? null;
  }

  /** After a call of ours failed or was killed: its locks, if it left any. */
  async removeLeftovers(): Promise<string[]> {
    const { ports, place } = this.#repository;
    const locks = await this.#ownLocks((await this.#read())?.locks ?? []);
    const found = await Promise.all(locks.map(async (lock) => ({ lock: fileOf(lock), inode: inodeOf(lock), stat: await ports.files.stat(fileOf(lock)) })));
    const present = found.filter(({ inode, stat }) => stat !== null && (inode === null || stat.inode === inode));
    // Beside the remote's data others are at work too, but hold a lock for a moment only.
    if (present.some(({ lock }) => !isWithinPlace(place, lock))) await this.#pause();
    const removed: string[] = [];
    for (const { lock, stat } of present) {
      if ((await ports.files.stat(lock))?.inode !== stat?.inode) continue;
      await ports.files.remove(lock);
      removed.push(lock);
    }
    return removed;
  }

  /** At start: removes the locks of a program that no longer lives, once no orphan of it is at work any more. */
  async recover(): Promise<string[]> {
    const { ports } = this.#repository;
    const journal = await this.#read();
    if (!journal || journal.locks.length === 0) return [];
    if (journal.pid !== ports.host.pid && journal.startTime !== null && (await ports.processes.startTime(journal.pid)) === journal.startTime) return [];
    for (let look = 0; look < ORPHAN_LOOKS && (await gitAtWork(this.#repository)); look++) await this.#pause();
    if (await gitAtWork(this.#repository)) return [];
    const removed = await this.removeLeftovers();
    await this.end();
    return removed;
  }

  async #read(): Promise<Journal | null> {
    const content = await this.#repository.ports.files.readIfThere(this.#file);
    if (content === null) return null;
    try {
      return recordSchema.parse(JSON.parse(content.toString('utf8')));
    } catch {
      // Written atomically, so never half: somebody else's doing. Nothing can be proven from it.
      return null;
    }
  }

  /** Whoever prepared the repository may have written the record: only what git takes for locks, here or at a remote on this machine, is ever removed. */
  async #ownLocks(named: readonly Lock[]): Promise<Lock[]> {
    const locks = named.filter((lock) => LOCK.test(fileOf(lock)) && posix.normalize(fileOf(lock)) === fileOf(lock));
    if (locks.every((lock) => isWithinPlace(this.#repository.place, fileOf(lock)))) return locks;
    const folders = localRemotes(await this.#repository.config());
    return locks.filter((lock) => isWithinPlace(this.#repository.place, fileOf(lock)) || folders.some((folder) => fileOf(lock).startsWith(`${folder}/`)));
  }

  async #absent(locks: readonly Lock[]): Promise<Lock[]> {
    const stats = await Promise.all(locks.map(async (lock) => ({ lock, stat: await this.#repository.ports.files.stat(fileOf(lock)) })));
    return stats.filter(({ stat }) => stat === null).map(({ lock }) => lock);
  }

  #write(journal: Journal): Promise<void> {
    return this.#repository.ports.files.writeAtomically(this.#file, JSON.stringify(journal), 0o600);
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => void this.#repository.ports.clock.after(ORPHAN_WAIT_MS, resolve));
  }
}

const LOCK = /\/(?:HEAD|index|packed-refs|refs\/[^\0]+)\.lock$/;

const fileOf = (lock: Lock): string => (typeof lock === 'string' ? lock : lock.file);
const inodeOf = (lock: Lock): number | null => (typeof lock === 'string' ? null : lock.inode);

const isWithinPlace = ({ commonDir, gitDir }: RepositoryPlace, file: string): boolean => [commonDir, gitDir].some((folder) => file.startsWith(`${folder}/`));

/** The locks that git takes to move a branch or another ref of this repository. */
export function refLocks({ place }: GitRepository, ref: string): string[] {
  return [`${place.gitDir}/HEAD.lock`, `${place.commonDir}/${ref}.lock`, `${place.commonDir}/packed-refs.lock`];
}
