import type { MirrorSettings } from '../../../shared/mirror.ts';
import type { BackoffLimits } from '../backoff.ts';
import type { MirrorRecords } from './record-file.ts';

/** Deliveries get lost, and forges give up on hooks: what rings is looked at slowly as well. */
const BESIDE_HOOKS_S = 3_600;
/** Those that are over by the time the program starts do not all begin in the same second. */
const AFTER_START_MS = 5_000;
/** Archived repositories move no more, as a rule. */
export const ARCHIVED_EVERY_MS = 86_400_000;
/** What fails is tried again less and less often. */
export const FAILED_BACKOFF: BackoffLimits = { firstMs: 60_000, mostMs: 3_600_000 };
/** A refused token is not knocked with: accounts get locked. */
export const REFUSED_EVERY_MS = 6 * 3_600_000;

/** How long until the mirror runs by itself, ms; null: only when asked. `chance` 0..1 spreads those with the same interval. */
export function nextRunMs({ options, addedAt }: MirrorSettings, { lastRunAt }: MirrorRecords, { nowMs, chance }: { readonly nowMs: number; readonly chance: number }): number | null {
  if (options.paused || options.how === 'none') return null;
  // The first copy is not rung for.
  const everyMs = 1_000 * (options.how === 'hook' && lastRunAt !== null ? Math.max(options.every, BESIDE_HOOKS_S) : options.every);
  const sinceMs = Math.max(0, nowMs - Date.parse(lastRunAt ?? addedAt));
  const left = everyMs * (0.95 + 0.1 * chance) - sinceMs;
  return Math.round(left > 0 ? left : chance * Math.min(AFTER_START_MS, everyMs / 2));
}
