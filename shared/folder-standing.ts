import type { FolderState } from './app-state.ts';
import { needsPerson } from './problem-mark.ts';
import { problemTier, type Problem } from './problem.ts';

/** Whether work tree, branch and remote agree as far as is known here. Open conflicts and held files do not count against it; without a server there is nothing to be in step with. */
export function isInStep(folder: FolderState): boolean {
  if (folder.paused || folder.dirty || folder.ahead > 0 || folder.behind > 0 || folder.remote === null) return false;
  if (folder.phase !== 'watching' && folder.phase !== 'conflicted') return false;
  if (folder.problem === null) return true;
  const tier = problemTier(folder.problem.code);
  return tier === 'held' || (tier === 'note' && folder.problem.code !== 'no-remote');
}

/** Whether it is at work right now, by itself. */
export const isWorking = (folder: FolderState): boolean =>
  folder.phase === 'settling' || folder.phase === 'committing' || folder.phase === 'pushing' || folder.phase === 'pulling';

/** Whether all of it is saved here, and no server was ever set: nothing is wrong, and nothing is anywhere else. */
export const isAlone = (folder: FolderState): boolean => folder.remote === null && folder.phase === 'watching' && !folder.paused && !folder.dirty;

/** A folder that had a server, whose repository has none by that name any more: its changes go nowhere. */
export const lacksItsServer = (folder: Pick<FolderState, 'remote'>, problem: Pick<Problem, 'code'>): boolean => problem.code === 'no-remote' && folder.remote !== null;

/** The folder's problem, where it stays as it is until a person does something about it. */
export function problemForPerson(folder: FolderState): Problem | null {
  const { problem, paused } = folder;
  if (!problem || paused) return null;
  return needsPerson(folder) || lacksItsServer(folder, problem) ? problem : null;
}
