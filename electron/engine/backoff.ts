import type { Random } from './ports.ts';

export interface BackoffLimits {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** For what heals by itself: soon again, then less and less often. */
export const NETWORK_BACKOFF: BackoffLimits = { firstMs: 2_000, mostMs: 30_000 };
/** For what a person has to mend elsewhere: never more often than once a minute, so that no account is locked by our knocking. */
export const PATIENT_BACKOFF: BackoffLimits = { firstMs: 120_000, mostMs: 600_000 };
/** For a disk or folder that may be back any moment; looking costs nothing. */
export const LOCAL_BACKOFF: BackoffLimits = { firstMs: 1_000, mostMs: 15_000 };

/**
 * The pause before try number `attempt` (1 is the first repetition): doubling, at most `mostMs`, and each time another
 * half of it by chance, so that machines that failed together do not come back together.
 */
export function backoffMs(attempt: number, limits: BackoffLimits, random: Random): number {
  const full = Math.min(limits.mostMs, limits.firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full / 2 + (full / 2) * random.fraction());
}
