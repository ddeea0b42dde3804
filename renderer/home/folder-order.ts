import type { FolderState } from '../../shared/app-state.ts';
import { isInStep, isWorking } from '../../shared/folder-standing.ts';

export const FOLDER_ORDERS = ['last-change', 'name', 'state'] as const;
export type FolderOrder = (typeof FOLDER_ORDERS)[number];

/** The folders in the chosen order; equal ones by name, so that nothing moves without reason. */
export function sortFolders(folders: readonly FolderState[], order: FolderOrder): FolderState[] {
  const byName = (a: FolderState, b: FolderState) => a.name.localeCompare(b.name, undefined, { numeric: true });
  if (order === 'name') return [...folders].sort(byName);
  if (order === 'state') return [...folders].sort((a, b) => rank(a) - rank(b) || byName(a, b));
  return [...folders].sort((a, b) => lastChangeMs(b) - lastChangeMs(a) || byName(a, b));
}

/** When it last changed; one that is at work right now comes first. */
function lastChangeMs(folder: FolderState): number {
  if (isWorking(folder)) return Number.MAX_SAFE_INTEGER;
  return folder.lastCommit ? Date.parse(folder.lastCommit.at) : 0;
}

function rank(folder: FolderState): number {
  if (folder.paused) return 4;
  if (folder.problem !== null) return 0;
  if (folder.conflicts.length > 0 || folder.held.length > 0 || folder.phase === 'awaiting-message') return 1;
  return isInStep(folder) ? 3 : 2;
}
