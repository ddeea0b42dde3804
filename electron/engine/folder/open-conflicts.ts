import { createHash } from 'node:crypto';
import type { Conflict } from '../../../shared/app-state.ts';
import { parseConflictCopyName } from '../apply/conflict-copy-name.ts';
import { displayPath, type RepoPath } from '../repo-path.ts';
import type { Vcs } from '../vcs/vcs.ts';

/** Where a conflict is read from, and for whom: what is "mine" depends on the machine. */
export interface ConflictReading {
  readonly vcs: Vcs;
  readonly machine: string;
  readonly folder: string;
  /** For a copy that no commit has yet. */
  readonly now: string;
}

/** An open conflict from its copy: both versions, the machines they come from, and what both had before. */
export async function describeConflict({ vcs, machine, folder, now }: ConflictReading, copy: RepoPath): Promise<Conflict> {
  const name = parseConflictCopyName(copy);
  const original = name?.original ?? copy;
  const head = await vcs.head();
  const commit = head.state === 'branch' || head.state === 'detached' ? head.commit : null;
  const [kept, other, touched] = commit
    ? await Promise.all([vcs.entryAt(commit, original), vcs.entryAt(commit, copy), vcs.lastTouched(copy, commit)])
    : [null, null, null];
  const sides = commit && touched ? await sidesOf(vcs, touched.commit, original) : { base: null, machine: null };
  const copySide = { blob: other?.id ?? '', machine: name?.machine ?? '' };
  const keptSide = { blob: kept?.id ?? '', machine: sides.machine ?? '' };
  const copyIsMine = copySide.machine === machine;
  return {
    id: createHash('sha256').update(`${folder}\0${copy}`).digest('hex').slice(0, 10),
    folder,
    path: displayPath(original),
    copy: displayPath(copy),
    at: touched?.at ?? now,
    base: sides.base,
    mine: copyIsMine ? copySide : keptSide,
    theirs: copyIsMine ? keptSide : copySide,
  };
}

/** The common ancestor's blob, and the machine of the side that kept the name: read off the merge that made the copy. */
async function sidesOf(vcs: Vcs, merge: string, original: RepoPath): Promise<{ base: string | null; machine: string | null }> {
  const info = await vcs.commitInfo(merge);
  const [first, second] = info?.parents ?? [];
  if (!first || !second) return { base: null, machine: null };
  const [relation, atFirst, atSecond, kept] = await Promise.all([
    vcs.relation(first, second),
    vcs.entryAt(first, original),
    vcs.entryAt(second, original),
    vcs.entryAt(merge, original),
  ]);
  const side = kept && atFirst?.id === kept.id ? first : kept && atSecond?.id === kept.id ? second : null;
  const [base, touched] = await Promise.all([
    relation.base ? vcs.entryAt(relation.base, original) : null,
    side ? vcs.lastTouched(original, side) : null,
  ]);
  return { base: base?.id ?? null, machine: touched?.machine ?? null };
}
