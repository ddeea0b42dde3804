import type { ProblemCode } from '../../../../shared/problem.ts';
import type { Finding } from '../vcs.ts';
import { foreignLock } from './git-locks.ts';
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
 * What the person is in the middle of, or a lock that is not ours; files only. A lock that is not `live` is one that
 * nobody holds any more: it stays, but it need not stop us at once.
 */
export async function guard(repository: GitRepository): Promise<Finding | null> {
  const { files } = repository.ports;
  const { gitDir } = repository.place;
  // `git am` keeps its patches where a rebase by patches does.
  if (await files.stat(`${gitDir}/rebase-apply/applying`)) return { code: 'rebase-in-progress', params: { how: 'am' } };
  for (const [file, code] of OPERATIONS) if (await files.stat(`${gitDir}/${file}`)) return { code, params: {} };
  const sequence = await files.readIfThere(`${gitDir}/sequencer/todo`);
  if (sequence !== null) return { code: /^revert\b/m.test(sequence.toString('utf8')) ? 'revert-in-progress' : 'cherry-pick-in-progress', params: {} };
  return foreignLock(repository);
}
