import type { Files } from '../ports.ts';
import { gitAtWork } from '../vcs/git/git-locks.ts';
import type { GitRepository } from '../vcs/git/git-repository.ts';

const LOOK_AGAIN_MS = 250;
const LOOKS = 40;
/** Locks are at the top, and beside the refs; none that concerns us is among the objects. */
const WITH_LOCKS = ['', '/refs'];

/**
 * After a git of ours was killed: removes the locks it left. Only while the store's lock is ours, and once no git is at
 * work here any more (an orphan of the one that was killed may be, for a moment). False: one still is.
 */
export async function removeLeftLocks(repository: GitRepository): Promise<boolean> {
  const { ports, place } = repository;
  const locks = (await Promise.all(WITH_LOCKS.map((folder) => locksIn(ports.files, `${place.gitDir}${folder}`, folder !== '')))).flat();
  if (locks.length === 0) return true;
  for (let look = 0; look < LOOKS && (await gitAtWork(repository)); look++) await new Promise<void>((resolve) => void ports.clock.after(LOOK_AGAIN_MS, resolve));
  if (await gitAtWork(repository)) return false;
  for (const lock of locks) if (await ports.files.stat(lock)) await ports.files.remove(lock);
  ports.log.info('locks of a git that was killed are removed', { locks });
  return true;
}

async function locksIn(files: Files, folder: string, deep: boolean): Promise<string[]> {
  if ((await files.stat(folder))?.kind !== 'directory') return [];
  const found: string[] = [];
  for (const { name, kind } of await files.list(folder)) {
    const path = `${folder}/${name.toString('utf8')}`;
    if (kind === 'file' && path.endsWith('.lock')) found.push(path);
    if (kind === 'directory' && deep) found.push(...(await locksIn(files, path, true)));
  }
  return found;
}

/** The same at a target on this machine, for the refs that were on the way there when a push was killed. */
export async function removeLocksAtTarget(target: GitRepository, refs: readonly string[]): Promise<void> {
  const { files } = target.ports;
  const { gitDir } = target.place;
  const names = [...refs, 'HEAD', 'packed-refs'].map((name) => `${gitDir}/${name}.lock`);
  const stats = await Promise.all(names.map((name) => files.stat(name)));
  const locks = names.filter((_name, index) => stats[index]?.kind === 'file');
  if (locks.length === 0) return;
  for (let look = 0; look < LOOKS && (await gitAtWork(target)); look++) await new Promise<void>((resolve) => void target.ports.clock.after(LOOK_AGAIN_MS, resolve));
  if (!(await gitAtWork(target))) for (const lock of locks) if (await files.stat(lock)) await files.remove(lock);
}
