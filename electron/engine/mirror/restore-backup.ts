import { LockstepError } from '../errors.ts';
import type { RepositoryMirror } from './repository-mirror.ts';

/** Makes a branch of a backup: of the one of this name, or of the newest one of a ref (`main`, `refs/tags/v1`). Throws `no-such-backup`, `usage`, or the trouble met. */
export async function restoreBackup(mirror: RepositoryMirror, wanted: string, branch: string): Promise<{ branch: string; commit: string }> {
  const backups = await mirror.backups();
  const found = backups.find(({ name }) => name === wanted) ?? backups.find(({ ref }) => ref === wanted || ref === `refs/${wanted}` || ref === `refs/heads/${wanted}` || ref === `refs/tags/${wanted}`);
  if (!found) throw new LockstepError('no-such-backup', { name: wanted });
  const restored = await mirror.restore(found.name, branch);
  switch (restored.outcome) {
    case 'restored':
      return { branch, commit: restored.commit };
    case 'trouble':
      throw new LockstepError(restored.problem.code, restored.problem.params);
    case 'no-such-backup':
      throw new LockstepError('no-such-backup', { name: wanted });
    case 'name-taken':
      throw new LockstepError('usage', { detail: `There is a branch ${branch} already; choose another name.` });
    case 'bad-name':
      throw new LockstepError('usage', { detail: `“${branch}” cannot be the name of a branch.` });
    case 'no-commit':
      throw new LockstepError('usage', { detail: `What ${found.ref} was is no commit, so no branch can be made of it.` });
  }
}
