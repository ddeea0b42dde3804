import { mirrorTier, type MirrorProblem } from './mirror-problem.ts';
import type { MirrorState, MirrorSummary } from './mirror.ts';

/** States with which a mirror is in step: those that hold nothing, and those that the person put away, count for nothing. */
const QUIET: readonly MirrorState[] = ['in-sync', 'empty', 'paused'];
/** A look that is late is no fault; two missed ones are. */
const MISSED = 2;

/** Whether every repository is as at its source. A look that is under way does not change that. */
export const isMirrorInStep = (mirror: Pick<MirrorSummary, 'state' | 'problem' | 'counts' | 'lastRunAt'>): boolean =>
  mirror.state !== 'paused' && mirror.problem === null && mirror.lastRunAt !== null && inStates(mirror, (state) => !QUIET.includes(state)) === 0;

/** How many repositories and whole mirrors wait for a person. */
export const waitingInMirrors = (mirrors: readonly MirrorSummary[]): number =>
  mirrors.filter(({ state }) => state !== 'paused').reduce((sum, mirror) => sum + mirror.waiting.total + (mirrorProblemForPerson(mirror) === null ? 0 : 1), 0);

/** How many of its repositories have such a state. */
export const inStates = ({ counts }: Pick<MirrorSummary, 'counts'>, is: (state: MirrorState) => boolean): number =>
  Object.entries(counts).reduce((sum, [state, count]) => sum + (is(state as MirrorState) ? count : 0), 0);

/**
 * What is wrong with the mirror as a whole, if a person has to know: what waits for one, and what passes by itself once it
 * has lasted for two intervals. Told from the state alone, without a clock: each try says when the next one is.
 */
export function mirrorProblemForPerson({ state, problem, every, nextRunAt }: Pick<MirrorSummary, 'state' | 'problem' | 'every' | 'nextRunAt'>): MirrorProblem | null {
  if (problem === null || state === 'paused') return null;
  const tier = mirrorTier(problem.code);
  if (tier === 'waiting') return problem;
  const nextTry = problem.retryAt ?? nextRunAt;
  if (tier === 'note' || nextTry === null) return null;
  return Date.parse(nextTry) - Date.parse(problem.since) >= MISSED * every * 1000 ? problem : null;
}
