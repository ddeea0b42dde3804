import type { FolderState } from '../../shared/app-state.ts';
import { problemMark } from '../../shared/problem-mark.ts';
import type { Problem } from '../../shared/problem.ts';

/** The shapes of `components/Mark.tsx`. */
export type MarkName =
  | 'in-step'
  | 'settling'
  | 'saving'
  | 'pushing'
  | 'pulling'
  | 'message'
  | 'retrying'
  | 'offline'
  | 'conflict'
  | 'waits'
  | 'stopped'
  | 'paused'
  | 'held';

/** Marks of what goes on by itself within seconds: shown late and kept a moment, so that they never flicker. */
const WORKING: readonly MarkName[] = ['settling', 'saving', 'pushing', 'pulling'];
export const isWorkingMark = (mark: MarkName): boolean => WORKING.includes(mark);

/** The mark of a problem; null where it is only a line to know. */
export function markOfProblem(problem: Pick<Problem, 'code'>): MarkName | null {
  switch (problemMark(problem.code)) {
    case 'broken':
      return 'stopped';
    case 'asks':
      return 'waits';
    case 'held':
      return 'held';
    case 'ours':
      return problem.code === 'offline' ? 'offline' : 'retrying';
    case 'note':
      return null;
  }
}

type Marked = Pick<FolderState, 'phase' | 'problem' | 'conflicts' | 'held'>;

/** The mark of a folder's row: what it does, or what keeps it from doing so. */
export function folderMark(folder: Marked): MarkName {
  if (folder.phase === 'paused') return 'paused';
  const ofProblem = folder.problem && markOfProblem(folder.problem);
  if (ofProblem) return ofProblem;
  switch (folder.phase) {
    case 'settling':
      return 'settling';
    case 'committing':
      return 'saving';
    case 'pushing':
      return 'pushing';
    case 'pulling':
      return 'pulling';
    case 'awaiting-message':
      return 'message';
    case 'retrying':
      return 'retrying';
    case 'halted':
      return 'waits';
    case 'conflicted':
      return 'conflict';
    case 'watching':
      return folder.conflicts.length > 0 ? 'conflict' : 'in-step';
  }
}

/** The mark in the sidebar: none for a folder that needs no look; held files show where the row has its chip. */
export function sidebarMark(folder: Marked): MarkName | null {
  const mark = folderMark(folder);
  if (mark !== 'in-step') return mark;
  return folder.held.length > 0 ? 'held' : null;
}
