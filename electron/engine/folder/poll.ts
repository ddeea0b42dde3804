import type { Random } from '../ports.ts';

/** After something happened, the next thing is likelier soon. */
const LIVELY_MS = 600_000;
const LIVELY_DIVISOR = 10;
const LEAST_MS = 15_000;

/**
 * When to ask the remote next. With a signal link up, polling only covers what is lost: the set interval. Without one,
 * a folder that was active lately is asked more often. Never more often than the person set, if that is below 15 s.
 */
export function pollDelayMs(state: { readonly pollMs: number; readonly linked: boolean; readonly sinceActivityMs: number }, random: Random): number {
  const lively = !state.linked && state.sinceActivityMs < LIVELY_MS;
  const intervalMs = lively ? Math.max(Math.min(LEAST_MS, state.pollMs), state.pollMs / LIVELY_DIVISOR) : state.pollMs;
  return Math.round(intervalMs * (0.9 + 0.1 * random.fraction()));
}
