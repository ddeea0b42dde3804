import { createHash } from 'node:crypto';
import type { Conflict } from '../../../shared/app-state.ts';
import { parseConflictCopyName } from '../apply/conflict-copy-name.ts';
import { displayPath, type RepoPath } from '../repo-path.ts';
import type { Vcs } from '../vcs/vcs.ts';

/** Where a conflict is read from, and for whom: what is "mine" depends on the machine. */
export interface ConflictReading {
  readonly vcs: Vcs;
  readonly machine: { readonly id: string; readonly name: string };
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
  const sides = commit && touched ? await sidesOf(vcs, touched.commit, original, other?.id) : NO_SIDES;
  const copySide = { blob: other?.id ?? '', machine: sides.copy?.machine ?? name?.machine ?? '' };
  const keptSide = { blob: kept?.id ?? '', machine: sides.kept?.machine ?? '' };
  const copyIsMine = isOurs(sides.copy, machine) || (!isOurs(sides.kept, machine) && copySide.machine === machine.name);
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

type Maker = Awaited<ReturnType<Vcs['lastTouched']>>;

interface SidesOfMerge {
  readonly base: string | null;
  /** Who made the version that kept the name, and the one that lies beside. */
  readonly kept: Maker;
  readonly copy: Maker;
}

const NO_SIDES: SidesOfMerge = { base: null, kept: null, copy: null };

/** By id: two machines may bear one name. */
const isOurs = (maker: Maker, machine: ConflictReading['machine']): boolean => maker?.machineId === machine.id;

/** The common ancestor's blob, and the makers of both versions: read off the merge that made the copy. */
async function sidesOf(vcs: Vcs, merge: string, original: RepoPath, copyBlob: string | undefined): Promise<SidesOfMerge> {
  const info = await vcs.commitInfo(merge);
  const [first, second] = info?.parents ?? [];
  if (!first || !second) return NO_SIDES;
  const [relation, atFirst] = await Promise.all([vcs.relation(first, second), vcs.entryAt(first, original)]);
  const [copySide, keptSide] = atFirst?.id === copyBlob ? [first, second] : [second, first];
  const [base, kept, copy] = await Promise.all([
    relation.base ? vcs.entryAt(relation.base, original) : null,
    vcs.lastTouched(original, keptSide),
    vcs.lastTouched(original, copySide),
  ]);
  return { base: base?.id ?? null, kept, copy };
}
