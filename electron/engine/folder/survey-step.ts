import type { Conflict } from '../../../shared/app-state.ts';
import { parseConflictCopyName } from '../apply/conflict-copy-name.ts';
import { createHash } from 'node:crypto';
import { displayPath, type RepoPath } from '../repo-path.ts';
import type { FolderContext } from './folder-context.ts';
import type { FolderEvent } from './situation.ts';

const PLOT_DAYS = 14;

/** What is only for show (counts, last commit, open conflicts, plot) is read when nothing else is left to do. */
export async function surveyStep(context: FolderContext): Promise<FolderEvent[]> {
  const { vcs } = context;
  const { remote, branch } = context.settings();
  const head = await vcs.head();
  if (head.state === 'unborn' || head.state === 'damaged') {
    context.report({ head: null, branch: head.state === 'unborn' ? head.branch : null, lastCommit: null, conflicts: [] });
    return [];
  }
  const watched = branch ?? (head.state === 'branch' ? head.branch : null);
  const tracked = remote && watched ? await vcs.trackedTip(remote.name, watched) : null;
  const [relation, commit, conflicts, days] = await Promise.all([
    tracked && tracked !== head.commit ? vcs.relation(head.commit, tracked) : null,
    vcs.commitInfo(head.commit),
    openConflicts(context),
    vcs.changesPerDay(PLOT_DAYS, context.machine.name, context.ports.clock.now()),
  ]);
  const unpushed = remote !== null && tracked === null;
  context.report({
    head: head.commit,
    branch: head.state === 'branch' ? head.branch : null,
    ahead: relation?.ahead ?? (unpushed ? 1 : 0),
    behind: relation?.behind ?? 0,
    lastCommit: commit && { id: commit.id, at: commit.at, message: commit.message, machine: commit.machine },
    conflicts,
    days,
  });
  const nowMs = context.ports.clock.monotonic();
  return (relation && relation.ahead > 0) || unpushed ? [{ type: 'push-wanted', atMs: nowMs }] : [];
}

/** The open conflicts are the copies that exist: resolving one anywhere closes it everywhere. */
export async function openConflicts(context: FolderContext): Promise<Conflict[]> {
  const copies = await context.vcs.conflictCopies();
  const known = new Map(context.facts().conflicts.map((conflict) => [conflict.copy, conflict]));
  return Promise.all(copies.map(async (copy) => known.get(displayPath(copy)) ?? (await describeConflict(context, copy))));
}

async function describeConflict(context: FolderContext, copy: RepoPath): Promise<Conflict> {
  const { vcs, machine } = context;
  const folder = context.settings().id;
  const name = parseConflictCopyName(copy);
  const original = name?.original ?? copy;
  const head = await vcs.head();
  const commit = head.state === 'branch' || head.state === 'detached' ? head.commit : null;
  const [kept, other, touched] = commit
    ? await Promise.all([vcs.entryAt(commit, original), vcs.entryAt(commit, copy), vcs.lastTouched(copy, commit)])
    : [null, null, null];
  const sides = commit && touched ? await sidesOf(context, touched.commit, original) : { base: null, machine: null };
  const copySide = { blob: other?.id ?? '', machine: name?.machine ?? '' };
  const keptSide = { blob: kept?.id ?? '', machine: sides.machine ?? '' };
  const copyIsMine = copySide.machine === machine.name;
  return {
    id: createHash('sha256').update(`${folder}\0${copy}`).digest('hex').slice(0, 10),
    folder,
    path: displayPath(original),
    copy: displayPath(copy),
    at: touched?.at ?? new Date(context.ports.clock.now()).toISOString(),
    base: sides.base,
    mine: copyIsMine ? copySide : keptSide,
    theirs: copyIsMine ? keptSide : copySide,
  };
}

/** The common ancestor's blob, and the machine of the side that kept the name: read off the merge that made the copy. */
async function sidesOf(context: FolderContext, merge: string, original: RepoPath): Promise<{ base: string | null; machine: string | null }> {
  const info = await context.vcs.commitInfo(merge);
  const [first, second] = info?.parents ?? [];
  if (!first || !second) return { base: null, machine: null };
  const [relation, atFirst, atSecond, kept] = await Promise.all([
    context.vcs.relation(first, second),
    context.vcs.entryAt(first, original),
    context.vcs.entryAt(second, original),
    context.vcs.entryAt(merge, original),
  ]);
  const side = kept && atFirst?.id === kept.id ? first : kept && atSecond?.id === kept.id ? second : null;
  const [base, touched] = await Promise.all([
    relation.base ? context.vcs.entryAt(relation.base, original) : null,
    side ? context.vcs.lastTouched(original, side) : null,
  ]);
  return { base: base?.id ?? null, machine: touched?.machine ?? null };
}
