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

const headline = {
  none: 'Nothing is mirrored yet.',
  all_one: '{{mirror}} is in step.',
  all_other: 'All {{count}} mirrors are in step.',
  some_one: 'One of {{total}} mirrors is in step.',
  some_other: '{{count}} of {{total}} mirrors are in step.',
  'none-in-step_one': '{{mirror}} is not in step.',
  'none-in-step_other': 'None of {{count}} mirrors is in step.',
  'all-paused_one': '{{mirror}} is paused.',
  'all-paused_other': 'All {{count}} mirrors are paused.',
  waits_one: 'One repository waits for you.',
  waits_other: '{{count}} repositories wait for you.',
  stopped_one: 'One mirror waits for you.',
  stopped_other: '{{count}} mirrors wait for you.',
  repositories_one: '{{count}} of {{total}} repositories is in step',
  repositories_other: '{{count}} of {{total}} repositories are in step',
  copying_one: 'one is being copied',
  copying_other: '{{count}} are being copied',
  'not-yet_one': 'one is new',
  'not-yet_other': '{{count}} are new',
  'put-away_one': 'one is empty or paused',
  'put-away_other': '{{count}} are empty or paused',
};

/** What a state means where no problem says more. */
const why: Record<MirrorState, string> = {
  'never-synced': 'It is copied with the next run.',
  syncing: 'It is being copied now.',
  'in-sync': 'Source and copy are the same.',
  behind: 'The source has moved on; the next run follows.',
  ahead: 'The target has what the source lacks: another hand pushed there. It was left alone.',
  diverged: 'Source and target were both changed. Nothing was pushed over the target.',
  empty: 'There is nothing in it yet, at the source either. It is looked at again with each run.',
  unavailable: 'The source could not be asked. The copy is whole.',
  'needs-approval': 'The next run would lose something that you have, so nothing was moved.',
  paused: 'It is left alone: paused, or archived at the source.',
};

/** Words about mirrors: states, and what the command line, the tray and the window say of them. */
export const mirrors = { state, headline, why };
