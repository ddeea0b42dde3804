import type { ProblemCode } from '../../../shared/problem.ts';
import { LockstepError } from '../errors.ts';
import type { Finding } from '../vcs/vcs.ts';
import { examine, type Examination } from './examine.ts';
import { recordHeld } from './commit-step.ts';
import type { FolderContext } from './folder-context.ts';
import type { TroubleMaker } from './trouble.ts';
import type { FolderEvent } from './situation.ts';

interface LookAid {
  readonly troubles: TroubleMaker;
  readonly approved: ProblemCode | null;
}

/** Is there anything to commit, and may we? Asked at start, after sleep, when events were lost, and while something holds the folder. */
export async function lookStep(context: FolderContext, { troubles, approved }: LookAid, signal: AbortSignal): Promise<FolderEvent[]> {
  const startedMs = context.ports.clock.monotonic();
  const before = context.facts().held;
  const examined = await examineCleared(context, approved, signal);
  if (examined.outcome === 'blocked') {
    if (examined.snapshotWorth) await keepSnapshot(context, signal);
    return [troubles.local(examined.finding)];
  }
  recordHeld(context, examined.heldBack, before);
  const settled: FolderEvent = { type: 'local-doubted' };
  const later = await lookAgain(context);
  if (examined.outcome === 'clean') return [settled, { type: 'clean', startedMs }, ...later];
  return [settled, ...later, { type: 'changed', path: null, nowMs: context.ports.clock.monotonic() }];
}

/** The examination; what is in its way and can go (a lock that the person gave up, what a power failure left) goes first. */
async function examineCleared(context: FolderContext, approved: ProblemCode | null, signal: AbortSignal): Promise<Examination> {
  const first = await examineDamaged(context, approved, signal);
  return first.outcome === 'blocked' && (await isCleared(context, first.finding, approved)) ? examineDamaged(context, approved, signal) : first;
}

async function examineDamaged(context: FolderContext, approved: ProblemCode | null, signal: AbortSignal): Promise<Examination> {
  try {
    return await examine(context, approved, signal);
  } catch (error) {
    if (!(error instanceof LockstepError) || error.code !== 'damaged-repository') throw error;
    return { outcome: 'blocked', finding: { code: error.code, params: error.params }, snapshotWorth: false };
  }
}

async function isCleared(context: FolderContext, { code, params }: Finding, approved: ProblemCode | null): Promise<boolean> {
  if (code === 'locked' && approved === 'locked') {
    const file = String(params['file']);
    const isGone = await context.vcs.removeLeftLock(file);
    if (isGone) context.record({ what: 'recovered', why: 'asked', paths: [file], params: { how: 'lock-removed' } });
    return isGone;
  }
  if (code !== 'damaged-repository') return false;
  const mended = await context.vcs.mend(context.settings().branch);
  if (mended.length > 0) context.record({ what: 'recovered', why: 'crash', paths: [...mended], params: { how: 'mended' } });
  return mended.length > 0;
}

/** While the repository is the person's, what they save is kept under refs of our own all the same. */
async function keepSnapshot(context: FolderContext, signal: AbortSignal): Promise<void> {
  const commit = await context.vcs.snapshot(signal);
  if (commit) context.record({ what: 'snapshot', why: 'rule', commit });
}

/** Soon enough that nobody meets their index in that state, and not so soon as to fight for its lock. */
const LOOK_AGAIN_MS = 300;

/** While the person's index has not followed our commit, the look that makes it follow is due again. */
export async function lookAgain({ vcs, ports }: FolderContext): Promise<FolderEvent[]> {
  return (await vcs.indexIsBehind()) ? [{ type: 'look-later', atMs: ports.clock.monotonic() + LOOK_AGAIN_MS }] : [];
}
