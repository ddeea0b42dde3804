import { systemCode } from '../../errors.ts';
import type { Ports } from '../../ports.ts';
import type { Finding, RepositoryPlace } from '../vcs.ts';
import { head } from './git-head.ts';
import type { GitRepository } from './git-repository.ts';

/** A lock that nobody has touched for so long, with no git at work here, was left behind by one that died. */
const LEFT_BEHIND_S = 60;

/**
 * A lock on what a commit of ours must take: index, HEAD, the branch. Ours are held for a moment, inside one call, and
 * never seen here.
 */
export async function foreignLock(repository: GitRepository): Promise<Finding | null> {
  const { gitDir, commonDir } = repository.place;
  const now = await head(repository);
  const locks = [`${gitDir}/index.lock`, `${gitDir}/HEAD.lock`, ...(now.state === 'branch' || now.state === 'unborn' ? [`${commonDir}/refs/heads/${now.branch}.lock`] : [])];
  for (const lock of locks) {
    const finding = await lockFinding(repository, lock);
    if (finding) return finding;
  }
  return null;
}

/** What is known of a lock: `live` 1 while a git of the person's is at work here, `how` when it was left behind. Null: it is not there. */
export async function lockFinding(repository: GitRepository, file: string): Promise<Finding | null> {
  const { files, clock, host } = repository.ports;
  const lock = await files.stat(file);
  if (!lock) return null;
  // One from the future was made before the clock was set back: how old it is nobody knows, but it is not of this moment.
  const ageS = Math.abs(Math.round((clock.now() - lock.modifiedMs) / 1000));
  const holder = await gitAtWork(repository);
  // Where processes cannot be looked at, a lock counts as live for a minute.
  const isLive = host.platform === 'linux' ? holder !== null : ageS < LEFT_BEHIND_S;
  const isLeft = !isLive && ageS >= LEFT_BEHIND_S;
  return { code: 'locked', params: { file, ageS, live: Number(isLive), ...holder, ...(isLeft ? { how: 'left-behind' } : {}) } };
}

/** Removes a lock that was left behind, because the person says so. False: it is held again, or none of this repository's. */
export async function removeLeftLock(repository: GitRepository, file: string): Promise<boolean> {
  if (!file.endsWith('.lock') || !isWithinPlace(repository.place, file)) return false;
  if ((await lockFinding(repository, file))?.params['how'] !== 'left-behind') return false;
  await repository.ports.files.remove(file);
  return true;
}

const isWithinPlace = ({ commonDir, gitDir }: RepositoryPlace, file: string): boolean => [commonDir, gitDir].some((folder) => file.startsWith(`${folder}/`) && !file.includes('/../'));

interface Holder {
  readonly pid: number;
  /** `git commit`, without what it was given. */
  readonly command: string;
}

/** A git process that is not ours and has its current directory in this work tree (`git commit -a` with an editor open, say). Linux only. */
export async function gitAtWork({ ports, place }: GitRepository): Promise<Holder | null> {
  if (ports.host.platform !== 'linux') return null;
  const processes = (await ports.files.list('/proc')).filter(({ name }) => /^\d+$/.test(name.toString('latin1')));
  const found = await Promise.all(processes.map(({ name }) => gitIn(ports, place, name.toString('latin1'))));
  return found.find((holder) => holder !== null) ?? null;
}

async function gitIn({ files, host }: Pick<Ports, 'files' | 'host'>, place: RepositoryPlace, pid: string): Promise<Holder | null> {
  try {
    const stat = (await files.read(`/proc/${pid}/stat`)).toString('latin1');
    // proc(5): `pid (name) state parent …`; our own kept helpers are children of this process.
    const [, name = '', parent = ''] = /^\d+ \((.*)\) \S (\d+) /s.exec(stat) ?? [];
    if (!/^git\b/.test(name) || Number(parent) === host.pid) return null;
    const folder = (await files.readLink(`/proc/${pid}/cwd`)).toString('utf8');
    if (![place.workTree, place.gitDir].some((ours) => folder === ours || folder.startsWith(`${ours}/`))) return null;
    const [, ...args] = (await files.read(`/proc/${pid}/cmdline`)).toString('utf8').split('\0');
    const verb = args.find((argument) => /^[a-z][a-z-]*$/.test(argument));
    return { pid: Number(pid), command: verb === undefined ? 'git' : `git ${verb}` };
  } catch (error) {
    // Ended meanwhile, or another user's.
    if (systemCode(error) !== undefined) return null;
    throw error;
  }
}
