import type { FolderState } from '../../shared/app-state.ts';

export type Days = FolderState['days'];

/** The changes a day of all folders together, oldest first. */
export function allDays(folders: readonly { readonly days: Days }[]): Days {
  const length = Math.max(0, ...folders.map(({ days }) => days.mine.length));
  // Counted from the newest day, so that a shorter list lines up with the others at today.
  const sum = (side: keyof Days) =>
    Array.from({ length }, (_, day) => folders.reduce((total, { days }) => total + (days[side][days[side].length - length + day] ?? 0), 0));
  return { mine: sum('mine'), others: sum('others') };
}
