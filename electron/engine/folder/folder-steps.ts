import type { ActivityReason } from '../../../shared/activity.ts';
import type { ProblemCode } from '../../../shared/problem.ts';
import { AgreedTip } from './agreed-tip.ts';
import { commitStep } from './commit-step.ts';
import type { Step } from './decide.ts';
import type { FolderContext } from './folder-context.ts';
import { keepHouse } from './keep-house.ts';
import { lookStep } from './look-step.ts';
import { noteSubmodules } from './note-submodules.ts';
import { pollDelayMs } from './poll.ts';
import { pullStep } from './pull-step.ts';
import { pushStep } from './push-step.ts';
import { agreedRemote } from './remote-guard.ts';
import { rootFinding } from './root-check.ts';
import type { FolderEvent } from './situation.ts';
import { surveyStep } from './survey-step.ts';
import type { TroubleMaker } from './trouble.ts';

export type WorkStep = Exclude<Step, { do: 'wait' }>;

/** A safety scan about once an hour, at no fixed minute. */
const SCAN_MS = 3_600_000;
export const nextScanMs = ({ ports }: Pick<FolderContext, 'ports'>): number => ports.clock.monotonic() + SCAN_MS * (0.75 + ports.random.fraction() / 2);

/** While an editor still has a file open that was moved aside. */
const RECHECK_MS = 300_000;

export interface StepAid {
  readonly troubles: TroubleMaker;
  /** Words for the next commit, as of the moment they are asked for. */
  readonly saying: () => string | null;
  /** Whether something was saved after this moment (monotonic milliseconds). */
  readonly changedSince: (ms: number) => boolean;
  /** The problem that the person agreed to; not used up by asking. */
  readonly approved: ProblemCode | null;
  readonly pullWhy: ActivityReason;
  /** How often in a row another machine was first to push. */
  readonly lostRaces: number;
  readonly sinceActivityMs: number;
  readonly linked: boolean;
  rescan(): Promise<void>;
}

/** Does one step of a folder and gives back what came of it. */
export async function performStep(step: WorkStep, context: FolderContext, aid: StepAid, signal: AbortSignal): Promise<FolderEvent[]> {
  const agreed = new AgreedTip(context.ports.files, context.vcs.ownDirectory);
  switch (step.do) {
    case 'look':
      return noted(context, await lookStep(context, aid, signal), signal);
    case 'commit':
      return noted(context, await commitStep(context, step, aid, signal), signal);
    case 'pull':
      return (await rootGone(context, aid, { type: 'pull-wanted', why: aid.pullWhy })) ?? [polled(context, aid), ...(await pullStep({ context, troubles: aid.troubles, agreed, why: aid.pullWhy, approved: aid.approved === 'remote-rewritten', signal }))];
    case 'push':
      return (await rootGone(context, aid)) ?? pushStep({ context, troubles: aid.troubles, agreed, lostRaces: aid.lostRaces, signal });
    case 'poll':
      return [polled(context, aid), ...(await askRemote(context, aid.troubles, signal))];
    case 'recheck':
      return (await rootGone(context, aid)) ?? recheck(context);
    case 'survey':
      await noteSubmodules(context, signal);
      return surveyStep(context);
    case 'scan':
      context.record({ what: 'scanned', why: 'safety-scan' });
      await aid.rescan();
      await keepHouse(context, signal);
      // What an earlier run of the program left aside is looked at here, too.
      return [{ type: 'scanned', nextMs: nextScanMs(context) }, ...(await recheck(context))];
  }
}

/** Nothing to commit, though something changed: perhaps in a submodule. */
async function noted(context: FolderContext, events: FolderEvent[], signal: AbortSignal): Promise<FolderEvent[]> {
  if (events.some(({ type }) => type === 'clean')) await noteSubmodules(context, signal);
  return events;
}

/** Asks for the tip only; a fetch follows when it is not the one we know. */
async function askRemote(context: FolderContext, troubles: TroubleMaker, signal: AbortSignal): Promise<FolderEvent[]> {
  const remote = await agreedRemote(context);
  if ('code' in remote) return [troubles.remote(remote)];
  const asked = await context.vcs.remoteTip(remote.name, remote.branch, signal);
  if (asked.outcome === 'trouble') return [troubles.remote(asked)];
  const unmoved = asked.tip !== null && asked.tip === (await context.vcs.trackedTip(remote.name, remote.branch)) && asked.tip === context.facts().head;
  return unmoved ? [] : [{ type: 'pull-wanted', why: 'poll' }];
}

/**
 * Before anything is written into the folder (into an empty mount point it would seem to go, and be hidden when the disk is
 * back) or pushed from it: then `later` is still to be done.
 */
async function rootGone(context: FolderContext, { troubles }: StepAid, ...later: FolderEvent[]): Promise<FolderEvent[] | null> {
  const finding = await rootFinding(context);
  return finding && [troubles.local(finding), ...later];
}

async function recheck(context: FolderContext): Promise<FolderEvent[]> {
  const { copies, waiting } = await context.applier.recheckAsides();
  for (const { path, copy } of copies) context.record({ what: 'conflict', why: 'changed-meanwhile', paths: [path, copy] });
  // Also without copies: an editor that renamed over what we had just written was taken for us.
  return [{ type: 'rechecked', againAtMs: waiting ? context.ports.clock.monotonic() + RECHECK_MS : null }, { type: 'look-wanted' }];
}

function polled(context: FolderContext, aid: StepAid): FolderEvent {
  const state = { pollMs: context.settings().options.poll * 1000, linked: aid.linked, sinceActivityMs: aid.sinceActivityMs };
  return { type: 'polled', nextMs: context.ports.clock.monotonic() + pollDelayMs(state, context.ports.random) };
}
