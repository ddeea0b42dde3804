import type { Change } from '../../../shared/app-state.ts';
import type { ProblemCode } from '../../../shared/problem.ts';
import { defaultMessage } from '../../../shared/text/commit-message.ts';
import { displayPath, parseDisplayPath } from '../repo-path.ts';
import type { CommitOutcome, Finding, TreeChange, WorkTreeStatus } from '../vcs/vcs.ts';
import { isBrake, massChange, touchedByTree } from './brakes.ts';
import type { Step } from './decide.ts';
import { examine, newlyHeld, trackedFiles, type Examination, type UsableHead } from './examine.ts';
import type { FolderContext } from './folder-context.ts';
import type { HoldBack } from './hold-back.ts';
import type { FolderEvent } from './situation.ts';
import type { TroubleMaker } from './trouble.ts';

/** More than this in the popup helps nobody. */
const SHOWN_CHANGES = 200;

type CommitRequestStep = Step & { do: 'commit' };

interface CommitAid {
  readonly approved: ProblemCode | null;
  readonly troubles: TroubleMaker;
  readonly saying: () => string | null;
  /** Whether something was saved after this moment. */
  readonly changedSince: (ms: number) => boolean;
}

/** Guards, status, message, commit. Nothing to commit is an outcome, not a failure. */
export async function commitStep(
  context: FolderContext,
  step: CommitRequestStep,
  aid: CommitAid,
  signal: AbortSignal,
): Promise<FolderEvent[]> {
  const { approved, saying } = aid;
  const startedMs = context.ports.clock.monotonic();
  const before = context.facts().held;
  const examined = await examine(context, approved, signal);
  if (examined.outcome === 'blocked') return [aid.troubles.local(examined.finding)];
  recordHeld(context, examined.heldBack, before);
  if (examined.outcome === 'clean') return [{ type: 'clean', startedMs }];
  const moving = step.moving.map((path) => parseDisplayPath(path));
  const changes = examined.heldBack.changes.filter(({ path }) => !moving.includes(path));
  if (changes.length === 0) return [{ type: 'clean', startedMs }];
  if (step.mayAsk && saying() === null) return [ask(context, changes, startedMs, step.deadlineMs)];
  context.report({ messageRequest: null });
  const outcome = await context.vcs.commit(
    {
      head: examined.head,
      message: saying() ?? (step.message?.trim() || defaultMessage(shown(changes))),
      held: [...examined.heldBack.heldPaths, ...moving],
      expected: changes.length,
      brake: async (staged) => (isBrake(approved) ? null : massOf(context, examined.head, staged, signal)),
    },
    signal,
  );
  return events(context, outcome, step, examined, aid, startedMs);
}

/** Of what would be committed: more may have gone since the work tree was looked at. */
async function massOf(context: FolderContext, head: UsableHead, staged: readonly TreeChange[], signal: AbortSignal): Promise<Finding | null> {
  const touched = touchedByTree(staged);
  return massChange(touched, await trackedFiles(context, head, touched, signal));
}

function events(context: FolderContext, outcome: CommitOutcome, step: CommitRequestStep, examined: Examination & { outcome: 'changed' }, { troubles, changedSince }: CommitAid, startedMs: number): FolderEvent[] {
  switch (outcome.outcome) {
    case 'nothing':
      context.report({ dirty: false });
      return [{ type: 'clean', startedMs }];
    case 'head-moved':
      return [{ type: 'look-wanted' }];
    case 'held':
      return [troubles.local(outcome.finding)];
    case 'trouble':
      return [troubles.local(outcome)];
    case 'committed': {
      const paths = outcome.changes.map(({ path }) => displayPath(path));
      // A check of the repository's own may have changed what we looked at, and so may a save: then the push looks again.
      if (!context.settings().options.trust && !changedSince(startedMs)) context.outgoing.vouch(outcome.commit, examined.head.state === 'branch' ? [examined.head.commit] : []);
      context.report({ head: outcome.commit, dirty: step.moving.length > 0, branch: examined.head.branch });
      context.record({ what: 'committed', why: step.why, commit: outcome.commit, paths: paths.slice(0, 20), params: { files: paths.length, seconds: context.settings().options[step.why === 'max-wait' ? 'maxWait' : 'commitDelay'] }, machine: context.machine.name });
      return [{ type: 'committed', startedMs, moving: step.moving, nowMs: context.ports.clock.monotonic() }];
    }
  }
}

/** Puts the question, or anew what it is about: then `openUntilMs` is the time it has already. */
function ask(context: FolderContext, changes: WorkTreeStatus['changes'], startedMs: number, openUntilMs: number | null): FolderEvent {
  const { clock } = context.ports;
  const deadlineMs = openUntilMs ?? clock.monotonic() + context.settings().options.popupTimeout * 1000;
  const list = shown(changes);
  const deadline = new Date(clock.now() + deadlineMs - clock.monotonic()).toISOString();
  context.report({ messageRequest: { changes: list.slice(0, SHOWN_CHANGES), total: list.length, proposal: defaultMessage(list), deadline } });
  return { type: 'asked', deadlineMs, listedMs: startedMs };
}

const shown = (changes: WorkTreeStatus['changes']): Change[] => changes.map(({ path, change }) => ({ path: displayPath(path), change }));

export function recordHeld(context: FolderContext, heldBack: HoldBack, before: Parameters<typeof newlyHeld>[0]): void {
  for (const held of newlyHeld(before, heldBack.held)) context.record({ what: 'held', why: 'rule', code: held.code, paths: [held.path], params: held.params });
}
