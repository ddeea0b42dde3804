import type { MirrorCode } from '../../shared/mirror-problem.ts';

/**
 * What the one button of a mirror's problem does here. `approve` and `decide` are answered beside the plan of the repository,
 * `listing` in a sheet: it is about the mirror as a whole.
 */
export type MirrorDeed = 'run' | 'token' | 'open-folder' | 'approve' | 'decide' | 'listing';

const DEEDS: Record<MirrorCode, MirrorDeed> = {
  offline: 'run',
  timeout: 'run',
  'rate-limited': 'run',
  'tls-failed': 'run',
  'host-key-changed': 'run',
  'remote-gone': 'run',
  'remote-rejected': 'run',
  'remote-damaged': 'run',
  'owner-gone': 'run',
  'listing-failed': 'run',
  'name-refused': 'run',
  'case-twin': 'run',
  'lfs-missing': 'run',
  'hook-missing': 'run',
  'default-branch-kept': 'run',
  'root-missing': 'run',
  locked: 'run',
  'system-limit': 'run',
  'tool-missing': 'run',
  unexpected: 'run',
  'auth-failed': 'token',
  'not-allowed': 'token',
  'account-missing': 'token',
  'target-taken': 'open-folder',
  'disk-full': 'open-folder',
  'read-only': 'open-folder',
  'damaged-repository': 'open-folder',
  'remote-rewritten': 'approve',
  'source-emptied': 'approve',
  'refs-vanished': 'approve',
  'refs-deleted': 'approve',
  'target-diverged': 'decide',
  'listing-shrank': 'listing',
};

export const mirrorDeed = (code: MirrorCode): MirrorDeed => DEEDS[code];
