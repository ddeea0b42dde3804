import type { Tone } from '../../shared/folder-mark.ts';
import { mirrorProblemForPerson } from '../../shared/mirror-standing.ts';
import type { MirrorState, MirrorSummary } from '../../shared/mirror.ts';

/** How loud each state is; the shape says the same. */
export const MIRROR_TONES: Record<MirrorState, Tone> = {
  'in-sync': 'quiet',
  syncing: 'accent',
  behind: 'wait',
  ahead: 'wait',
  diverged: 'stop',
  'needs-approval': 'wait',
  unavailable: 'stop',
  empty: 'quiet',
  'never-synced': 'quiet',
  paused: 'quiet',
};

/** The order of the filter: what is in step, what moves, what waits, what is put away. */
export const STATES_IN_ORDER: readonly MirrorState[] = ['in-sync', 'syncing', 'behind', 'ahead', 'diverged', 'needs-approval', 'unavailable', 'empty', 'never-synced', 'paused'];

/** Shown beside a mirror's name only when something is wrong with it as a whole. */
export const wholeMark = (mirror: MirrorSummary): MirrorState | null => {
  if (mirror.state === 'paused') return 'paused';
  if (mirrorProblemForPerson(mirror) === null) return null;
  return mirror.problem?.code === 'listing-shrank' ? 'needs-approval' : 'unavailable';
};
