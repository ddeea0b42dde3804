import type { MirrorState } from '../../mirror.ts';

const state: Record<MirrorState, string> = {
  'never-synced': 'Not copied yet',
  syncing: 'Copying',
  'in-sync': 'In step',
  behind: 'Behind',
  ahead: 'Target is ahead',
  diverged: 'Two versions',
  empty: 'Empty',
  unavailable: 'Not to be had',
  'needs-approval': 'Waits for you',
  paused: 'Paused',
};

/** Words about mirrors: states, and what the command line and the window say of them. */
export const mirrors = { state };
