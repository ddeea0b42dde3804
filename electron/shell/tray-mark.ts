import type { AppState } from '../../shared/app-state.ts';
import { isWorking } from '../../shared/folder-standing.ts';
import { problemMark } from '../../shared/problem-mark.ts';
import type { WaitingItem } from '../../shared/text/waiting-items.ts';

/** The tray's shapes; files in `resources/icons/tray` have these names. */
export const TRAY_MARKS = ['idle', 'working', 'waiting', 'paused', 'offline', 'trouble'] as const;
export type TrayMark = (typeof TRAY_MARKS)[number];

/** Which one of several that are true is shown: what is stuck before what is asked, that before what goes on by itself. */
export function trayMark(state: AppState | null, waiting: readonly WaitingItem[]): TrayMark {
  if (!state) return 'offline';
  if (waiting.some(({ kind }) => kind === 'broken')) return 'trouble';
  if (waiting.length > 0) return 'waiting';
  const active = state.folders.filter(({ paused }) => !paused);
  if (active.some(({ problem }) => problem && problemMark(problem.code) === 'ours')) return 'offline';
  if (!state.ready || active.some(isWorking)) return 'working';
  return state.folders.length > 0 && active.length === 0 ? 'paused' : 'idle';
}
