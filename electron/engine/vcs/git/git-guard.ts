import type { ProblemCode } from '../../../../shared/problem.ts';
import { systemCode } from '../../errors.ts';
import type { Finding } from '../vcs.ts';
import type { GitRepository } from './git-repository.ts';

/** Files that say what the person is in the middle of; a rebase also leaves CHERRY_PICK_HEAD, so it comes first. */
const OPERATIONS: readonly (readonly [file: string, code: ProblemCode])[] = [
  ['rebase-merge', 'rebase-in-progress'],
  ['rebase-apply', 'rebase-in-progress'],
  ['MERGE_HEAD', 'merge-in-progress'],
  ['CHERRY_PICK_HEAD', 'cherry-pick-in-progress'],
  ['REVERT_HEAD', 'revert-in-progress'],
  ['BISECT_START', 'bisect-in-progress'],
  ['BISECT_LOG', 'bisect-in-progress'],
];

/**
 * What the person is in the middle of, or a lock on the index that is not ours; files only. A lock that is not `live`
 * is one that nobody holds any more: it stays, but it need not stop us.
 */
export async function guard(repository: GitRepository): Promise<Finding | null> {
  const { files } = repository.ports;
  const { gitDir } = repository.place;
  // `git am` keeps its patches where a rebase by patches does.
  if (await files.stat(`${gitDir}/rebase-apply/applying`)) return { code: 'rebase-in-progress', params: { how: 'am' } };
  for (const [file, code] of OPERATIONS) if (await files.stat(`${gitDir}/${file}`)) return { code, params: {} };
  const sequence = await files.readIfThere(`${gitDir}/sequencer/todo`);
  if (sequence !== null) return { code: /^revert\b/m.test(sequence.toString('utf8')) ? 'revert-in-progress' : 'cherry-pick-in-progress', params: {} };
  const lock = await indexLock(repository);
  return lock && { ...lock, params: { ...lock.params, live: Number(await isLockLive(repository, lock)) } };
}

/** A lock on the person's index. Ours are held for a moment, inside one call, and never seen here. */
export async function indexLock(repository: GitRepository): Promise<Finding | null> {
  const file = `${repository.place.gitDir}/index.lock`;
  const lock = await repository.ports.files.stat(file);
  if (!lock) return null;
  const ageS = Math.max(0, Math.round((repository.ports.clock.now() - lock.modifiedMs) / 1000));
  return { code: 'locked', params: { file, ageS } };
}

/**
 * Whether a git of the person's is at work in this work tree (`git commit -a` with an editor open holds the index all
 * the while). Where processes cannot be looked at, a lock counts as live for a minute.
 */
export async function isLockLive(repository: GitRepository, lock: Finding): Promise<boolean> {
  const { host } = repository.ports;
  if (host.platform !== 'linux') return Number(lock.params['ageS']) < 60;
  return isGitAtWork(repository);
}

/** Whether a git process that is not ours has its current directory in this work tree. Linux only. */
export async function isGitAtWork(repository: GitRepository): Promise<boolean> {
  const { files } = repository.ports;
  const processes = (await files.list('/proc')).filter(({ name }) => /^\d+$/.test(name.toString('latin1')));
  const found = await Promise.all(processes.map(({ name }) => isGitIn(repository, name.toString('latin1'))));
  return found.includes(true);
}

async function isGitIn({ ports, place }: GitRepository, pid: string): Promise<boolean> {
  const { files, host } = ports;
  try {
    const stat = (await files.read(`/proc/${pid}/stat`)).toString('latin1');
    // proc(5): `pid (name) state parent …`; our own kept helpers are children of this process.
    const [, name = '', parent = ''] = /^\d+ \((.*)\) \S (\d+) /s.exec(stat) ?? [];
    if (!/^git\b/.test(name) || Number(parent) === host.pid) return false;
    const folder = (await files.readLink(`/proc/${pid}/cwd`)).toString('utf8');
    return [place.workTree, place.gitDir].some((ours) => folder === ours || folder.startsWith(`${ours}/`));
  } catch (error) {
    // Ended meanwhile, or another user's.
    if (systemCode(error) !== undefined) return false;
    throw error;
  }
}
