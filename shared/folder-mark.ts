import type { FolderState } from './app-state.ts';
import { lacksItsServer } from './folder-standing.ts';
import { problemMark } from './problem-mark.ts';
import type { Problem } from './problem.ts';

/** How loud a mark is: grey, moving, the person's to decide, stuck. */
export type Tone = 'quiet' | 'accent' | 'wait' | 'stop';

/** The shapes of a folder's state, each with its tone: the same in rows, sidebar, panels and tray. */
export const MARK_TONES = {
  'in-step': 'quiet',
  settling: 'accent',
  saving: 'accent',
  pushing: 'accent',
  pulling: 'accent',
  message: 'wait',
  retrying: 'quiet',
  offline: 'quiet',
  conflict: 'wait',
  waits: 'wait',
  stopped: 'stop',
  paused: 'quiet',
  held: 'wait',
} as const satisfies Record<string, Tone>;
export type MarkName = keyof typeof MARK_TONES;

/** Marks of what goes on by itself within seconds: shown late and kept a moment, so that they never flicker. */
const WORKING: readonly MarkName[] = ['settling', 'saving', 'pushing', 'pulling'];
export const isWorkingMark = (mark: MarkName): boolean => WORKING.includes(mark);

/** The mark of one problem of a folder, wherever it is shown. A line to know has a quiet one: `offline` for a folder that stands alone. */
export function markOfProblem(problem: Pick<Problem, 'code'>, folder: Pick<FolderState, 'remote'>): MarkName {
  if (problem.code === 'no-remote') return lacksItsServer(folder, problem) ? 'stopped' : 'offline';
  // Its own programs are held back; the rest goes on.
  if (problem.code === 'untrusted-config') return 'held';
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
      return 'in-step';
  }
}

type Marked = Pick<FolderState, 'phase' | 'paused' | 'problem' | 'notes' | 'conflicts' | 'held' | 'remote'>;

/** The mark of a folder: what it does, or what keeps it from doing so. */
export function folderMark(folder: Marked): MarkName {
  if (folder.paused || folder.phase === 'paused') return 'paused';
  const ofProblem = folder.problem && markOfProblem(folder.problem, folder);
  // What only stands in a line leaves the mark to what the folder does; so does a missing server, while it does something.
  if (ofProblem && ofProblem !== 'in-step' && !(ofProblem === 'offline' && folder.remote === null && folder.phase !== 'watching')) return ofProblem;
  return markOfPhase(folder);
}

function markOfPhase(folder: Marked): MarkName {
  switch (folder.phase) {
    case 'paused':
      return 'paused';
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
  return folder.held.length > 0 || folder.notes.some((note) => markOfProblem(note, folder) === 'held') ? 'held' : null;
}
