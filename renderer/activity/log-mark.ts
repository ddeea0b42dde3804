import type { ActivityKind } from '../../shared/activity.ts';
import type { IconName } from '../components/Icon.tsx';
import type { MarkName } from '../../shared/folder-mark.ts';

/** The picture before a line of the log: a folder's mark where it is the same matter, a plain drawing otherwise. */
export const LOG_MARKS: Record<ActivityKind, { readonly mark: MarkName } | { readonly icon: IconName }> = {
  added: { icon: 'plus' },
  removed: { icon: 'close' },
  located: { icon: 'folder' },
  committed: { icon: 'check' },
  pushed: { icon: 'up' },
  pulled: { icon: 'down' },
  merged: { mark: 'in-step' },
  conflict: { mark: 'conflict' },
  resolved: { icon: 'check' },
  restored: { icon: 'restore' },
  'set-aside': { mark: 'held' },
  'brought-back': { icon: 'restore' },
  'let-go': { icon: 'clock' },
  held: { mark: 'held' },
  'taken-out': { icon: 'shield' },
  'mass-change': { mark: 'held' },
  snapshot: { icon: 'clock' },
  scanned: { icon: 'sync' },
  waited: { mark: 'waits' },
  problem: { mark: 'retrying' },
  mended: { icon: 'check' },
  paused: { mark: 'paused' },
  resumed: { icon: 'resume' },
  approved: { icon: 'shield' },
  signal: { icon: 'signal' },
  recovered: { icon: 'restore' },
};
