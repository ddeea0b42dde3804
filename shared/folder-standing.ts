import type { FolderState } from './app-state.ts';
import { problemTier } from './problem.ts';

/** Whether work tree, branch and remote agree as far as is known here. Open conflicts and held files do not count against it. */
export function isInStep(folder: FolderState): boolean {
  if (folder.paused || folder.dirty || folder.ahead > 0 || folder.behind > 0) return false;
  if (folder.phase !== 'watching' && folder.phase !== 'conflicted') return false;
  return folder.problem === null || problemTier(folder.problem.code) === 'note' || problemTier(folder.problem.code) === 'held';
}

/** Whether it is at work right now, by itself. */
export const isWorking = (folder: FolderState): boolean =>
  folder.phase === 'settling' || folder.phase === 'committing' || folder.phase === 'pushing' || folder.phase === 'pulling';
