import type { FolderPhase } from '../../../shared/phase.ts';
import { problemTier } from '../../../shared/problem.ts';
import { earlyAtMs, settlesAtMs, stillMoving } from './quiet-period.ts';
import type { AskedMessage, Situation, Trouble } from './situation.ts';

export type Step =
  /** Nothing to do before `untilMs` (or an event). */
  | { readonly do: 'wait'; readonly untilMs: number }
  /** Guards and status; finds out whether there is anything to commit. */
  | { readonly do: 'look' }
  /** Commit what has settled, less `moving`, or ask for a message first. `deadlineMs`: until when the question is open already, which then lists what was saved since. */
  | { readonly do: 'commit'; readonly moving: readonly string[]; readonly message: string | null; readonly mayAsk: boolean; readonly deadlineMs: number | null; readonly why: 'quiet' | 'max-wait' | 'asked' }
  | { readonly do: 'pull' }
  | { readonly do: 'push' }
  | { readonly do: 'poll' }
  | { readonly do: 'recheck' }
  | { readonly do: 'survey' }
  | { readonly do: 'scan' };

const NEVER = Number.POSITIVE_INFINITY;

/** The next step of a folder. Local work first, then what came in, then what goes out, then what is only for show. */
export function decide(now: Situation, nowMs: number): Step {
  if (now.paused) return now.surveyWanted ? { do: 'survey' } : { do: 'wait', untilMs: NEVER };
  if (held(now.local, nowMs)) return now.surveyWanted ? { do: 'survey' } : { do: 'wait', untilMs: now.local?.retryAtMs ?? NEVER };
  if (now.recheckAtMs !== null && now.recheckAtMs <= nowMs) return { do: 'recheck' };
  if (now.lookWanted || (now.local && !now.local.doubted) || (now.lookAtMs !== null && now.lookAtMs <= nowMs)) return { do: 'look' };
  return commitStep(now, nowMs) ?? remoteStep(now, nowMs) ?? idleStep(now, nowMs);
}

const held = (trouble: Trouble | null, nowMs: number): boolean => trouble !== null && !trouble.doubted && (trouble.retryAtMs === null || trouble.retryAtMs > nowMs);

const limits = ({ options }: Situation) => ({ delayMs: options.commitDelay * 1000, maxWaitMs: options.maxWait * 1000 });

function commitStep(now: Situation, nowMs: number): Step | null {
  if (!now.quiet || !now.options.commit) return null;
  const settled = now.hurried || settlesAtMs(now.quiet, limits(now)) <= nowMs;
  const early = earlyAtMs(now.quiet, limits(now));
  if (!settled && (early === null || early > nowMs)) return null;
  const moving = settled ? [] : stillMoving(now.quiet, limits(now), nowMs);
  const why = now.hurried ? 'asked' : now.quiet.firstMs + limits(now).maxWaitMs <= nowMs ? 'max-wait' : 'quiet';
  const step = { do: 'commit', moving, why, deadlineMs: null } as const;
  if (now.saying !== null) return { ...step, message: now.saying, mayAsk: false };
  const words = now.asked?.given ?? now.draft;
  if (now.options.message !== 'popup') return { ...step, message: words, mayAsk: false };
  if (!now.asked) return { ...step, message: words, mayAsk: !now.hurried };
  if (now.asked.given !== null || now.hurried || now.asked.deadlineMs <= nowMs) return { ...step, message: words, mayAsk: false };
  return listAtMs(now, now.asked) <= nowMs ? { ...step, message: null, mayAsk: true, deadlineMs: now.asked.deadlineMs } : null;
}

/** When what was saved since the question was put has settled, so that the list can follow; never: nothing was. */
function listAtMs({ quiet, options }: Situation, { listedMs }: AskedMessage): number {
  return quiet && quiet.lastMs > listedMs ? quiet.lastMs + options.commitDelay * 1000 : NEVER;
}

function remoteStep(now: Situation, nowMs: number): Step | null {
  if (!now.hasRemote || held(now.remote, nowMs)) return null;
  // Where nothing is pulled, a person who asks is still told what waits there.
  const mayPull = now.options.pull ? !(now.pullAfterCommit && now.quiet && now.options.commit) : now.hurried || now.remote !== null;
  if (mayPull && (now.pullWanted !== null || now.remote)) return { do: 'pull' };
  if (mayPush(now) && !held(now.outgoing, nowMs) && (now.hurried || pushDueMs(now) <= nowMs)) return { do: 'push' };
  return null;
}

const mayPush = ({ options, pushAtMs }: Situation): boolean => options.push && pushAtMs !== null;

/** When there is something to push and nothing that must not leave is in it, as far as is known. */
const pushDueMs = (now: Situation): number => (mayPush(now) ? Math.max(now.pushAtMs ?? NEVER, now.outgoing ? (now.outgoing.retryAtMs ?? NEVER) : 0) : NEVER);

function idleStep(now: Situation, nowMs: number): Step {
  if (now.surveyWanted) return { do: 'survey' };
  const polls = now.hasRemote && now.options.pull && !held(now.remote, nowMs);
  if (polls && now.pollAtMs <= nowMs) return { do: 'poll' };
  if (now.scanAtMs <= nowMs) return { do: 'scan' };
  return { do: 'wait', untilMs: Math.min(...wakeTimes(now, nowMs, polls)) };
}

/** Only moments at which there is something to do: at one that is over, the folder would turn round and round. */
function wakeTimes(now: Situation, nowMs: number, polls: boolean): number[] {
  const times = [now.scanAtMs, now.lookAtMs ?? NEVER, polls ? now.pollAtMs : NEVER, now.recheckAtMs ?? NEVER, commitDueMs(now)];
  // A remote that could be tried again may have to wait for a commit.
  if (now.hasRemote) times.push(held(now.remote, nowMs) ? (now.remote?.retryAtMs ?? NEVER) : pushDueMs(now));
  return times;
}

/** When there is something to commit, or to ask about it. */
function commitDueMs(now: Situation): number {
  if (!now.quiet || !now.options.commit) return NEVER;
  const quietMs = Math.min(settlesAtMs(now.quiet, limits(now)), earlyAtMs(now.quiet, limits(now)) ?? NEVER);
  const { asked } = now;
  const isOpen = asked?.given === null && now.saying === null && now.options.message === 'popup';
  return isOpen ? Math.max(quietMs, Math.min(asked.deadlineMs, listAtMs(now, asked))) : quietMs;
}

/** The phase to show while `step` runs or waits. */
export function phaseOf(now: Situation, step: Step, openConflicts: number): FolderPhase {
  if (now.paused) return 'paused';
  if (now.local) return problemTier(now.local.problem.code) === 'retrying' ? 'retrying' : 'halted';
  if (step.do === 'commit') return step.deadlineMs === null ? 'committing' : 'awaiting-message';
  if (step.do === 'push') return 'pushing';
  if (step.do === 'pull') return 'pulling';
  if (now.asked && !now.asked.postponed && now.quiet) return 'awaiting-message';
  if (now.quiet && now.options.commit) return 'settling';
  if (now.remote) return problemTier(now.remote.problem.code) === 'retrying' ? 'retrying' : 'halted';
  if (now.outgoing) return problemTier(now.outgoing.problem.code) === 'retrying' ? 'retrying' : 'halted';
  return openConflicts > 0 ? 'conflicted' : 'watching';
}
