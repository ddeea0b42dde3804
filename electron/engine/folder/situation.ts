import type { ActivityReason } from '../../../shared/activity.ts';
import type { FolderOptions } from '../../../shared/folder-options.ts';
import type { Problem, ProblemCode } from '../../../shared/problem.ts';
import type { QuietPeriod } from './quiet-period.ts';
import { extended, remaining } from './quiet-period.ts';

/** What holds the folder, or its way to the remote, back. */
export interface Trouble {
  readonly problem: Problem;
  /** When it is looked at again; null: only when asked or approved. Monotonic milliseconds, as all times here. */
  readonly retryAtMs: number | null;
  readonly attempts: number;
  /** A look found nothing against going on; only doing it will tell. It stays in force, and shown, until then. */
  readonly doubted?: boolean;
}

export interface AskedMessage {
  readonly deadlineMs: number;
  /** When the list of changes that is shown was begun; what is saved later is not on it yet. */
  readonly listedMs: number;
  /** The answer; null while nobody has answered. */
  readonly given: string | null;
  readonly postponed: boolean;
}

/**
 * Everything the next step of a folder depends on. Changed by `react` alone, read by `decide` alone; both are pure,
 * so that the life of a folder can be tried without a repository.
 */
export interface Situation {
  readonly options: FolderOptions;
  readonly paused: boolean;
  readonly hasRemote: boolean;
  /** Saved changes that are not committed yet. */
  readonly quiet: QuietPeriod | null;
  /** Look at the work tree even if no event came: start, wake, safety scan, lost events. */
  readonly lookWanted: boolean;
  /** A look that is due at a time of its own: something was in our way that passes by itself. */
  readonly lookAtMs: number | null;
  readonly pullWanted: ActivityReason | null;
  /** Incoming files overlap with local ones that are not committed: the commit comes first. */
  readonly pullAfterCommit: boolean;
  /** When commits that are not on the remote may go; null: none. */
  readonly pushAtMs: number | null;
  /** How often in a row another machine was first. */
  readonly lostRaces: number;
  /** Somebody asked for everything now: no quiet period, no push delay. */
  readonly hurried: boolean;
  readonly asked: AskedMessage | null;
  /** What the person typed and did not send: the words of the next commit, and what is shown when the question comes back. */
  readonly draft: string | null;
  /** Words for the next commit, from a command that made the change itself (resolve, restore). */
  readonly saying: string | null;
  /** Holds everything: the person is in the middle of something, or must decide. */
  readonly local: Trouble | null;
  /** Holds only what needs the remote; commits go on. */
  readonly remote: Trouble | null;
  /** Holds only what would leave; commits and pulls go on. */
  readonly outgoing: Trouble | null;
  /** Counts, plot, conflicts as shown are older than the branch. */
  readonly surveyWanted: boolean;
  readonly recheckAtMs: number | null;
  readonly scanAtMs: number;
  readonly pollAtMs: number;
}

export type FolderEvent =
  | { readonly type: 'changed'; readonly path: string | null; readonly nowMs: number }
  | { readonly type: 'look-wanted' }
  | { readonly type: 'look-later'; readonly atMs: number }
  /** HEAD, a ref, the index or an operation of the person's moved: ours, or theirs. */
  | { readonly type: 'repository-changed' }
  | { readonly type: 'pull-wanted'; readonly why: ActivityReason }
  | { readonly type: 'hurry' }
  | { readonly type: 'saying'; readonly saying: string | null }
  | { readonly type: 'hurry-over' }
  | { readonly type: 'paused'; readonly paused: boolean }
  | { readonly type: 'options'; readonly options: FolderOptions; readonly hasRemote: boolean }
  /** A step takes up what was wanted of it; what is wanted while it runs is wanted anew. */
  | { readonly type: 'started'; readonly step: 'look' | 'pull' | 'survey' }
  /** Nothing to commit in what the status showed; changes since `startedMs` were not looked at yet. */
  | { readonly type: 'clean'; readonly startedMs: number }
  | { readonly type: 'committed'; readonly startedMs: number; readonly moving: readonly string[]; readonly nowMs: number }
  | { readonly type: 'asked'; readonly deadlineMs: number; readonly listedMs: number }
  | { readonly type: 'message'; readonly message: string }
  | { readonly type: 'message-postponed' }
  | { readonly type: 'typing'; readonly deadlineMs: number }
  | { readonly type: 'drafted'; readonly draft: string | null }
  | { readonly type: 'pushed' }
  /** Another machine was first: what it pushed is taken in, then ours is pushed. */
  | { readonly type: 'race-lost'; readonly pushAtMs: number }
  | { readonly type: 'nothing-to-push' }
  | { readonly type: 'push-wanted'; readonly atMs: number }
  | { readonly type: 'pulled'; readonly recheckAtMs: number | null }
  | { readonly type: 'pull-needs-commit'; readonly why: ActivityReason; readonly nowMs: number }
  | { readonly type: 'survey-wanted' }
  /** `againAtMs`: some of what was moved aside can still be written to. */
  | { readonly type: 'rechecked'; readonly againAtMs: number | null }
  | { readonly type: 'scanned'; readonly nextMs: number }
  | { readonly type: 'polled'; readonly nextMs: number }
  | { readonly type: 'local-doubted' }
  | { readonly type: 'local-trouble'; readonly trouble: Trouble | null }
  | { readonly type: 'remote-trouble'; readonly trouble: Trouble | null }
  | { readonly type: 'outgoing-trouble'; readonly trouble: Trouble | null };

export const firstSituation = (options: FolderOptions, paused: boolean, hasRemote: boolean, nowMs: number): Situation => ({
  options,
  paused,
  hasRemote,
  quiet: null,
  lookWanted: true,
  lookAtMs: null,
  pullWanted: 'start',
  pullAfterCommit: false,
  pushAtMs: null,
  lostRaces: 0,
  hurried: false,
  asked: null,
  draft: null,
  saying: null,
  local: null,
  remote: null,
  outgoing: null,
  surveyWanted: true,
  recheckAtMs: null,
  scanAtMs: Number.POSITIVE_INFINITY,
  pollAtMs: nowMs,
});

/** The situation after an event. */
export function react(now: Situation, event: FolderEvent): Situation {
  switch (event.type) {
    case 'changed':
      return { ...now, quiet: extended(now.quiet, event.path, event.nowMs), asked: now.asked?.postponed ? null : now.asked };
    case 'look-wanted':
      return { ...now, lookWanted: true, local: due(now.local) };
    case 'look-later':
      return { ...now, lookAtMs: event.atMs };
    case 'repository-changed':
      return { ...now, surveyWanted: true, lookWanted: now.lookWanted || now.local !== null, local: afresh(now.local), outgoing: ofCommits(now.outgoing) ? due(now.outgoing) : now.outgoing };
    case 'pull-wanted':
      return { ...now, pullWanted: now.pullWanted ?? event.why };
    case 'hurry':
      return { ...now, hurried: true, lookWanted: true, pullWanted: now.pullWanted ?? 'asked', local: due(now.local), remote: due(now.remote), outgoing: due(now.outgoing) };
    case 'saying':
      return { ...now, saying: event.saying };
    case 'hurry-over':
      return { ...now, hurried: false };
    case 'paused':
      return event.paused ? { ...now, paused: true, asked: null } : { ...now, paused: false, lookWanted: true, pullWanted: now.pullWanted ?? 'asked' };
    case 'options':
      return { ...now, options: event.options, hasRemote: event.hasRemote, lookWanted: true };
    case 'started':
      return started(now, event.step);
    case 'clean':
      return { ...now, quiet: remaining(now.quiet, event.startedMs, []), asked: null, saying: null, local: null, pullAfterCommit: false };
    case 'committed':
      return {
        ...now,
        quiet: remaining(now.quiet, event.startedMs, event.moving),
        asked: null,
        // A command's own commit (resolve, restore) had other words: those that were typed are still to be said.
        draft: now.saying === null ? null : now.draft,
        saying: null,
        local: null,
        pullAfterCommit: false,
        surveyWanted: true,
        pushAtMs: now.pushAtMs ?? event.nowMs + now.options.pushDelay * 1000,
      };
    case 'asked':
      // Listed anew while an answer came or the question was put off: that stays.
      return { ...now, asked: { given: null, postponed: false, ...now.asked, deadlineMs: event.deadlineMs, listedMs: event.listedMs } };
    case 'message':
      return now.asked ? { ...now, asked: { ...now.asked, given: event.message } } : now;
    case 'message-postponed':
      return now.asked ? { ...now, asked: { ...now.asked, postponed: true } } : now;
    case 'typing':
      return now.asked ? { ...now, asked: { ...now.asked, deadlineMs: event.deadlineMs } } : now;
    case 'drafted':
      return { ...now, draft: event.draft };
    case 'pushed':
      return { ...now, pushAtMs: null, lostRaces: 0, remote: null, outgoing: null, surveyWanted: true };
    case 'race-lost':
      return { ...now, lostRaces: now.lostRaces + 1, pushAtMs: event.pushAtMs, pullWanted: now.pullWanted ?? 'remote-moved' };
    case 'nothing-to-push':
      return { ...now, pushAtMs: null, lostRaces: 0, outgoing: null };
    case 'push-wanted':
      return { ...now, pushAtMs: Math.min(now.pushAtMs ?? Number.POSITIVE_INFINITY, event.atMs) };
    case 'pulled':
      return { ...now, pullAfterCommit: false, remote: null, surveyWanted: true, recheckAtMs: event.recheckAtMs ?? now.recheckAtMs };
    case 'pull-needs-commit':
      return { ...now, pullAfterCommit: true, pullWanted: now.pullWanted ?? event.why, quiet: now.quiet ?? extended(null, null, event.nowMs) };
    case 'survey-wanted':
      return { ...now, surveyWanted: true };
    case 'rechecked':
      return { ...now, recheckAtMs: event.againAtMs };
    case 'scanned':
      return { ...now, scanAtMs: event.nextMs };
    case 'polled':
      return { ...now, pollAtMs: event.nextMs };
    case 'local-doubted':
      return { ...now, local: now.local && !isSeenByLook(now.local.problem.code) ? { ...now.local, doubted: true } : null };
    case 'local-trouble':
      return { ...now, local: event.trouble };
    case 'remote-trouble':
      return { ...now, remote: event.trouble };
    case 'outgoing-trouble':
      return { ...now, outgoing: event.trouble };
  }
}

/** What is in the commits may be otherwise now; what the remote said of them is not. */
const ofCommits = (trouble: Trouble | null): boolean => trouble?.problem.code === 'secret-found';

/** Looked at again at once; what waits for a decision is not. It stays in force until the look says otherwise. */
const due = (trouble: Trouble | null): Trouble | null => (trouble && trouble.retryAtMs !== null ? { ...trouble, retryAtMs: 0 } : trouble);

/** Somebody is at work there: what a look finds now says nothing about how long it will stand, however often it was met. */
const afresh = (trouble: Trouble | null): Trouble | null => trouble && { ...trouble, ...due(trouble), attempts: 0 };

function started(now: Situation, step: 'look' | 'pull' | 'survey'): Situation {
  if (step === 'look') return { ...now, lookWanted: false, lookAtMs: null };
  return step === 'pull' ? { ...now, pullWanted: null } : { ...now, surveyWanted: false };
}

const SEEN_BY_LOOK: ReadonlySet<ProblemCode> = new Set(['detached-head', 'no-branch', 'changes-staged', 'root-missing']);

/** Troubles that a look would have met again if they were still there. */
const isSeenByLook = (code: ProblemCode): boolean => SEEN_BY_LOOK.has(code) || code.endsWith('-in-progress');
