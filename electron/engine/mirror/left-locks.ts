import type { Ports } from '../ports.ts';
import { gitAtWork } from '../vcs/git/git-locks.ts';
import type { GitRepository } from '../vcs/git/git-repository.ts';

const LOOK_AGAIN_MS = 250;
const LOOKS = 40;
/** Where processes cannot be looked at, what nobody has touched for so long is nobody's. */
const LEFT_BEHIND_MS = 60_000;
/** Locks are at the top, and beside the refs; none that concerns us is among the objects. The other is written under a lock, and held against every later one (git: packed-backend.c; measured). */
const LEFT = /\.lock$|^packed-refs\.new$/;

/**
 * After a git was killed: removes the locks it left. Only while the store's lock is ours, and once no git is at work here
 * any more (an orphan of the one that was killed may be, for a moment). False: one still is.
 */
export async function removeLeftLocks(repository: GitRepository): Promise<boolean> {
  const { ports, place } = repository;
  const locks = [...(await locksIn(ports, place.gitDir, false)), ...(await locksIn(ports, `${place.gitDir}/refs`, true))];
  return locks.length === 0 || removeWhenIdle(repository, locks);
}

/** The same at a target on this machine, for the refs that were on the way there when a push was killed. */
export async function removeLocksAtTarget(target: GitRepository, refs: readonly string[]): Promise<void> {
  const { ports, place } = target;
  const names = [...refs, 'HEAD', 'packed-refs'].map((name) => `${name}.lock`).concat('packed-refs.new');
  const stats = await Promise.all(names.map((name) => ports.files.stat(`${place.gitDir}/${name}`)));
  const locks = names.filter((_name, index) => stats[index]?.kind === 'file').map((name) => `${place.gitDir}/${name}`);
  if (locks.length > 0) await removeWhenIdle(target, locks);
}

async function removeWhenIdle(repository: GitRepository, locks: readonly string[]): Promise<boolean> {
  const { files, clock, host, log } = repository.ports;
  for (let look = 0; look < LOOKS && (await gitAtWork(repository)); look++) await new Promise<void>((resolve) => void clock.after(LOOK_AGAIN_MS, resolve));
  if (await gitAtWork(repository)) return false;
  for (const lock of locks) {
    const stat = await files.stat(lock);
    if (!stat) continue;
    if (host.platform !== 'linux' && clock.now() - stat.modifiedMs < LEFT_BEHIND_MS) return false;
    await files.remove(lock);
  }
  log.info('locks of a git that was killed are removed', { locks });
  return true;
}

async function locksIn(ports: Ports, folder: string, deep: boolean): Promise<string[]> {
  if ((await ports.files.stat(folder))?.kind !== 'directory') return [];
  const found: string[] = [];
  for (const { name, kind } of await ports.files.list(folder)) {
    const path = `${folder}/${name.toString('utf8')}`;
    if (kind === 'file' && LEFT.test(name.toString('utf8'))) found.push(path);
    if (kind === 'directory' && deep) found.push(...(await locksIn(ports, path, true)));
  }
  return found;
}
