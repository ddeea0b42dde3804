import type { Conflict } from '../../../shared/app-state.ts';
import type { Head, ObjectId } from '../vcs/vcs.ts';
import type { FolderContext, FolderFacts } from './folder-context.ts';
import { holdsUs } from './examine.ts';
import { lookAgain } from './look-step.ts';
import { describeConflicts } from './open-conflicts.ts';
import type { FolderEvent } from './situation.ts';
import { noteUntrusted } from './trust.ts';

const PLOT_DAYS = 14;

/** What is only for show (counts, last commit, open conflicts, plot) is read when nothing else is left to do. */
export async function surveyStep(context: FolderContext): Promise<FolderEvent[]> {
  const { vcs } = context;
  const { remote, branch } = context.settings();
  const head = await vcs.head();
  await context.introduce();
  await noteUntrusted(vcs, context);
  const look = [...(await needsLook(context, head)), ...(await lookAgain(context))];
  if (head.state === 'unborn' || head.state === 'damaged') {
    context.report({ head: null, branch: head.state === 'unborn' ? head.branch : null, lastCommit: null, conflicts: [] });
    return look;
  }
  const watched = branch ?? (head.state === 'branch' ? head.branch : null);
  const tracked = remote && watched ? await vcs.trackedTip(remote.name, watched) : null;
  const [relation, read] = await Promise.all([
    tracked && tracked !== head.commit ? vcs.relation(head.commit, tracked) : null,
    // The whole tree and two weeks of history: once for each commit, not for each ref that moves.
    context.facts().lastCommit?.id === head.commit ? {} : readCommit(context, head.commit),
  ]);
  const unpushed = remote !== null && tracked === null;
  context.report({
    head: head.commit,
    branch: head.state === 'branch' ? head.branch : null,
    ahead: relation?.ahead ?? (unpushed ? 1 : 0),
    behind: relation?.behind ?? 0,
    ...read,
  });
  const nowMs = context.ports.clock.monotonic();
  return (relation && relation.ahead > 0) || unpushed ? [...look, { type: 'push-wanted', atMs: nowMs }] : look;
}

async function readCommit(context: FolderContext, id: ObjectId): Promise<Pick<FolderFacts, 'lastCommit' | 'conflicts' | 'days'>> {
  const { vcs, machine, ports } = context;
  const [commit, conflicts, days] = await Promise.all([vcs.commitInfo(id), openConflicts(context), vcs.changesPerDay(PLOT_DAYS, machine.name, ports.clock.now())]);
  return { lastCommit: commit && { id: commit.id, at: commit.at, message: commit.message, machine: commit.machine }, conflicts, days };
}

/** A rebase begun, a branch switched: said at once, not only when the next file is saved. Held folders are looked at anyway. */
async function needsLook(context: FolderContext, head: Head): Promise<FolderEvent[]> {
  if (context.isHeld()) return [];
  const guard = await context.vcs.guard();
  const elsewhere = head.state !== 'unborn' && (head.state !== 'branch' || (context.settings().branch ?? head.branch) !== head.branch);
  return (guard && holdsUs(guard)) || elsewhere ? [{ type: 'look-wanted' }] : [];
}

/** The open conflicts are the copies that exist: resolving one anywhere closes it everywhere. */
async function openConflicts(context: FolderContext): Promise<Conflict[]> {
  const copies = await context.vcs.conflictCopies();
  const about = { vcs: context.vcs, machine: context.machine, folder: context.settings().id, now: new Date(context.ports.clock.now()).toISOString() };
  return describeConflicts(about, copies, context.facts().conflicts);
}
