import { isBranchName } from '../vcs/branch-name.ts';
import type { GitRepository } from '../vcs/git/git-repository.ts';
import { ownDirectory } from './bare-store.ts';
import { PairTrouble } from './pair-trouble.ts';
import { inTheWay, isKeepable } from './ref-map.ts';
import { moveRefs } from './ref-transaction.ts';
import type { Restored } from './repository-pair.ts';
import { lockStore } from './store-lock.ts';
import { readStoreRefs } from './store-refs.ts';

const WAIT_MS = 30_000;

/** Makes a branch of what a backup holds; nothing that is there moves. */
export async function restoreBranch(repository: GitRepository, { name, branch }: { readonly name: string; readonly branch: string }, signal: AbortSignal): Promise<Restored> {
  const ref = `refs/heads/${branch}`;
  if (!isBranchName(branch) || !isKeepable(ref)) return { outcome: 'bad-name' };
  const path = repository.place.gitDir;
  const lock = await lockStore(repository.ports, ownDirectory(path), WAIT_MS, signal);
  if (!lock.held) return { outcome: 'trouble', problem: { code: 'locked', params: { path } } };
  try {
    const { refs, backups } = await readStoreRefs(repository, signal);
    const backup = backups.find((one) => one.name === name);
    if (!backup) return { outcome: 'no-such-backup' };
    if (refs.has(ref) || inTheWay(refs.keys(), [ref]).size > 0) return { outcome: 'name-taken' };
    const end = await repository.call(['rev-parse', '--verify', '--quiet', '--end-of-options', `${backup.commit}^{commit}`], { signal });
    if (end.ended !== 'exit' || end.code !== 0) return { outcome: 'no-commit' };
    const commit = end.stdout.toString('latin1').trim();
    await moveRefs(repository, [{ ref, from: null, to: commit }], signal);
    return { outcome: 'restored', commit };
  } catch (error) {
    if (error instanceof PairTrouble) return { outcome: 'trouble', problem: error.trouble };
    throw error;
  } finally {
    await lock.release();
  }
}
