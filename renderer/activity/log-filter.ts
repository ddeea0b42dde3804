import type { Activity, ActivityKind } from '../../shared/activity.ts';

export const LOG_FILTERS = ['all', 'held', 'problems'] as const;
export type LogFilter = (typeof LOG_FILTERS)[number];

const HELD: readonly ActivityKind[] = ['held', 'set-aside', 'conflict'];
const PROBLEMS: readonly ActivityKind[] = ['problem', 'mended', 'waited', 'recovered', 'mirror-problem', 'mirror-mended'];

export function matchesFilter(entry: Activity, filter: LogFilter): boolean {
  if (filter === 'all') return true;
  return (filter === 'held' ? HELD : PROBLEMS).includes(entry.what);
}
