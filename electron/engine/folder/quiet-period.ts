/** How long a folder may keep changing before what has settled is committed without the rest. */
const EARLY_AFTER_DELAYS = 5;
const EARLY_AT_LEAST_MS = 10_000;
/** Above this many paths a burst is settled as a whole; one entry a file would be the memory of the burst. */
const TRACKED_PATHS = 5_000;

/** Two clocks over saved changes: quiet for `delayMs`, or `maxWaitMs` after the first. Times are monotonic milliseconds. */
export interface QuietPeriod {
  readonly firstMs: number;
  readonly lastMs: number;
  /** Last change of each path, as long as there are few; null: too many to tell apart, or unknown which. */
  readonly paths: ReadonlyMap<string, number> | null;
}

/** A change at `nowMs`; `path` null: unknown which. */
export function extended(quiet: QuietPeriod | null, path: string | null, nowMs: number): QuietPeriod {
  const known = quiet ? quiet.paths : new Map<string, number>();
  if (!known || path === null || known.size >= TRACKED_PATHS) return { firstMs: quiet?.firstMs ?? nowMs, lastMs: nowMs, paths: null };
  // The map is grown in place: it belongs to this one quiet period, and a copy an event would make bursts quadratic.
  (known as Map<string, number>).set(path, nowMs);
  return { firstMs: quiet?.firstMs ?? nowMs, lastMs: nowMs, paths: known };
}

/** What is left of a quiet period after a commit that began at `startedMs`: what was saved since, in the same tick of the clock too, and what was left out as still moving. */
export function remaining(quiet: QuietPeriod | null, startedMs: number, moving: readonly string[]): QuietPeriod | null {
  if (!quiet) return null;
  if (!quiet.paths) return quiet.lastMs >= startedMs ? { firstMs: quiet.lastMs, lastMs: quiet.lastMs, paths: null } : null;
  const left = new Map([...quiet.paths].filter(([path, lastMs]) => lastMs >= startedMs || moving.includes(path)));
  return left.size === 0 ? null : { firstMs: Math.max(startedMs, Math.min(...left.values())), lastMs: Math.max(...left.values()), paths: left };
}

export interface QuietLimits {
  readonly delayMs: number;
  readonly maxWaitMs: number;
}

export const settlesAtMs = (quiet: QuietPeriod, limits: QuietLimits): number => Math.min(quiet.lastMs + limits.delayMs, quiet.firstMs + limits.maxWaitMs);

/** Paths still being written when the others have long been quiet; they wait for the next commit. */
export function stillMoving(quiet: QuietPeriod, limits: QuietLimits, nowMs: number): string[] {
  if (!quiet.paths || nowMs >= settlesAtMs(quiet, limits)) return [];
  return [...quiet.paths].filter(([, lastMs]) => nowMs < lastMs + limits.delayMs).map(([path]) => path);
}

/** When the settled part may go ahead of a part that never comes to rest; null: everything is moving. */
export function earlyAtMs(quiet: QuietPeriod, limits: QuietLimits): number | null {
  if (!quiet.paths || quiet.paths.size < 2) return null;
  const earliest = Math.min(...quiet.paths.values());
  if (earliest === quiet.lastMs) return null;
  return Math.max(quiet.firstMs + Math.max(limits.delayMs * EARLY_AFTER_DELAYS, EARLY_AT_LEAST_MS), earliest + limits.delayMs);
}
