import { z } from 'zod';
import { MIRROR_CODES } from './mirror-problem.ts';
import { paramsSchema, PROBLEM_CODES } from './problem.ts';

/** What was done, or not done. The sentence is made in `text/activity-text.ts`. */
export const ACTIVITY_KINDS = [
  'added',
  'removed',
  'located',
  'committed',
  'pushed',
  'pulled',
  'merged',
  'conflict',
  'resolved',
  'restored',
  'set-aside',
  'brought-back',
  'let-go',
  'held',
  'taken-out',
  'mass-change',
  'snapshot',
  'scanned',
  'waited',
  'problem',
  'mended',
  'paused',
  'resumed',
  'approved',
  'signal',
  'recovered',
  'mirror-added',
  'mirror-removed',
  'mirror-found',
  'mirrored',
  'mirror-problem',
  'mirror-mended',
  'mirror-approved',
  'mirror-restored',
] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** Why it was done: the trigger or the rule. */
export const ACTIVITY_REASONS = [
  'quiet',
  'max-wait',
  'asked',
  'start',
  'wake',
  'safety-scan',
  'xmpp',
  'fanout',
  'poll',
  'retry',
  'rule',
  'by-hand',
  'remote-moved',
  'two-versions',
  'file-in-the-way',
  'changed-meanwhile',
  'crash',
  'hook',
] as const;
export type ActivityReason = (typeof ACTIVITY_REASONS)[number];

export const activitySchema = z.object({
  at: z.iso.datetime(),
  folder: z.string().nullable(),
  what: z.enum(ACTIVITY_KINDS),
  why: z.enum(ACTIVITY_REASONS),
  params: paramsSchema.default({}),
  paths: z.array(z.string()).default([]),
  commit: z.string().optional(),
  machine: z.string().optional(),
  code: z.enum(PROBLEM_CODES).optional(),
  /** Of a mirror, whose codes have words of their own. */
  mirrorCode: z.enum(MIRROR_CODES).optional(),
});
export type Activity = z.infer<typeof activitySchema>;
