import { z } from 'zod';

/** Everything that can hold a folder or a file back. Scripts rely on these; add, never rename. */
export const PROBLEM_CODES = [
  'offline',
  'timeout',
  'auth-failed',
  'remote-gone',
  'remote-rejected',
  'remote-rewritten',
  'remote-changed',
  'remote-damaged',
  'tls-failed',
  'host-key-changed',
  'no-remote',
  'no-branch',
  'rebase-in-progress',
  'merge-in-progress',
  'cherry-pick-in-progress',
  'revert-in-progress',
  'bisect-in-progress',
  'detached-head',
  'changes-staged',
  'locked',
  'damaged-repository',
  'root-missing',
  'root-emptied',
  'mass-change',
  'untrusted-config',
  'disk-full',
  'read-only',
  'system-limit',
  'unreadable-path',
  'file-too-large',
  'secret-found',
  'nested-repository',
  'unsupported-file',
  'watch-limit',
  'hook-failed',
  'tool-missing',
  'rate-limited',
  'settings-damaged',
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];

/**
 * Three tiers of trouble for a whole folder, and one for single files:
 * `retrying` is ours and goes on by itself; `waiting` ends when the person finishes what they are in the middle of;
 * `halted` needs a decision or a repair (it is still looked at now and then, in case that was made elsewhere); `held` concerns one path, the rest goes on; `note` only informs.
 */
export type ProblemTier = 'retrying' | 'waiting' | 'halted' | 'held' | 'note';

const TIERS: Record<ProblemCode, ProblemTier> = {
  offline: 'retrying',
  timeout: 'retrying',
  'rate-limited': 'retrying',
  'tls-failed': 'halted',
  'remote-gone': 'retrying',
  'remote-damaged': 'halted',
  'remote-rejected': 'halted',
  'auth-failed': 'halted',
  'host-key-changed': 'halted',
  'disk-full': 'retrying',
  'read-only': 'retrying',
  'system-limit': 'retrying',
  'hook-failed': 'halted',
  'tool-missing': 'halted',
  'settings-damaged': 'note',
  locked: 'waiting',
  'rebase-in-progress': 'waiting',
  'merge-in-progress': 'waiting',
  'cherry-pick-in-progress': 'waiting',
  'revert-in-progress': 'waiting',
  'bisect-in-progress': 'waiting',
  'detached-head': 'waiting',
  'changes-staged': 'waiting',
  'no-remote': 'note',
  'no-branch': 'waiting',
  'damaged-repository': 'halted',
  'root-missing': 'waiting',
  'root-emptied': 'halted',
  'mass-change': 'halted',
  'remote-rewritten': 'halted',
  'remote-changed': 'halted',
  'untrusted-config': 'note',
  'unreadable-path': 'held',
  'file-too-large': 'held',
  'secret-found': 'held',
  'nested-repository': 'held',
  'unsupported-file': 'held',
  'watch-limit': 'note',
};

export const problemTier = (code: ProblemCode): ProblemTier => TIERS[code];

/** What the one button of a problem does; the window and the command line offer the same. */
export const PROBLEM_ACTIONS = ['retry', 'approve', 'open-folder', 'open-settings', 'sign-in', 'locate', 'wait'] as const;
export type ProblemAction = (typeof PROBLEM_ACTIONS)[number];

/** Values that a sentence about a problem may name (counts, names, sizes in bytes); never a secret. */
export const paramsSchema = z.record(z.string(), z.union([z.string(), z.number()]));
export type Params = z.infer<typeof paramsSchema>;

export const problemSchema = z.object({
  code: z.enum(PROBLEM_CODES),
  params: paramsSchema,
  path: z.string().optional(),
  since: z.iso.datetime(),
  retryAt: z.iso.datetime().optional(),
  action: z.enum(PROBLEM_ACTIONS).optional(),
});

/** A problem as the engine keeps it: a code and values. The sentence is made where it is shown (`text/`). */
export type Problem = z.infer<typeof problemSchema>;
