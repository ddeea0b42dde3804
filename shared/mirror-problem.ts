import { z } from 'zod';
import { paramsSchema } from './problem.ts';

/**
 * What can hold a mirror, or one of its repositories. Those that folders know too have the same names; scripts rely on
 * them: add, never rename.
 */
export const MIRROR_CODES = [
  'offline',
  'timeout',
  'auth-failed',
  'not-allowed',
  'rate-limited',
  'tls-failed',
  'host-key-changed',
  'remote-gone',
  'remote-rejected',
  'remote-damaged',
  'remote-rewritten',
  'owner-gone',
  'account-missing',
  'listing-failed',
  'listing-shrank',
  'source-emptied',
  'refs-vanished',
  'refs-deleted',
  'target-diverged',
  'target-taken',
  'name-refused',
  'case-twin',
  'lfs-missing',
  'hook-missing',
  'default-branch-kept',
  'disk-full',
  'read-only',
  'root-missing',
  'damaged-repository',
  'locked',
  'system-limit',
  'tool-missing',
  'unexpected',
] as const;
export type MirrorCode = (typeof MIRROR_CODES)[number];

/** `retrying` goes on by itself; `waiting` needs a person; `note` only informs. */
export type MirrorTier = 'retrying' | 'waiting' | 'note';

const TIERS: Record<MirrorCode, MirrorTier> = {
  offline: 'retrying',
  timeout: 'retrying',
  'rate-limited': 'retrying',
  'listing-failed': 'retrying',
  locked: 'retrying',
  'system-limit': 'retrying',
  unexpected: 'retrying',
  'disk-full': 'retrying',
  'read-only': 'retrying',
  'root-missing': 'retrying',
  'auth-failed': 'waiting',
  'not-allowed': 'waiting',
  'tls-failed': 'waiting',
  'host-key-changed': 'waiting',
  'remote-gone': 'waiting',
  'remote-rejected': 'waiting',
  'remote-damaged': 'waiting',
  'remote-rewritten': 'waiting',
  'owner-gone': 'waiting',
  'account-missing': 'waiting',
  'listing-shrank': 'waiting',
  'source-emptied': 'waiting',
  'refs-vanished': 'waiting',
  'refs-deleted': 'waiting',
  'target-diverged': 'waiting',
  'target-taken': 'waiting',
  'name-refused': 'waiting',
  'damaged-repository': 'waiting',
  'tool-missing': 'waiting',
  'case-twin': 'note',
  'lfs-missing': 'note',
  'hook-missing': 'note',
  'default-branch-kept': 'note',
};

export const mirrorTier = (code: MirrorCode): MirrorTier => TIERS[code];

/** What the one button of a mirror's problem does. */
export const MIRROR_ACTIONS = ['retry', 'approve', 'decide', 'renew-token', 'open-folder'] as const;

export const mirrorProblemSchema = z.object({
  code: z.enum(MIRROR_CODES),
  params: paramsSchema,
  since: z.iso.datetime(),
  retryAt: z.iso.datetime().optional(),
  action: z.enum(MIRROR_ACTIONS).optional(),
});
/** A code and values; the sentence is made where it is shown (`text/`). */
export type MirrorProblem = z.infer<typeof mirrorProblemSchema>;
