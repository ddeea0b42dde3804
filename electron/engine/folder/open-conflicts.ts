import { createHash } from 'node:crypto';
import type { Conflict } from '../../../shared/app-state.ts';
import { parseConflictCopyName, type ConflictCopyName } from '../apply/conflict-copy-name.ts';
import { displayPath, parseDisplayPath, type RepoPath } from '../repo-path.ts';
import type { ObjectId, Touch, Vcs } from '../vcs/vcs.ts';

/** Where conflicts are read from, and for whom: what is "mine" depends on the machine. */
export interface ConflictReading {
  readonly vcs: Vcs;
  readonly machine: { readonly id: string; readonly name: string };
  readonly folder: string;
  /** For copies of which no commit can be found. */
  readonly now: string;
}

interface Copy {
  readonly path: RepoPath;
  readonly name: ConflictCopyName;
  readonly origin: Touch | null;
}

/**
 * Open conflicts from their copies: both versions as they are now, the machines they come from, and what both had
 * before. What is `known` of one is its origin, which stays.
 */
export async function describeConflicts(reading: ConflictReading, paths: readonly RepoPath[], known: readonly Conflict[] = []): Promise<Conflict[]> {
  const head = await reading.vcs.head();
  const commit = head.state === 'branch' || head.state === 'detached' ? head.commit : null;
  if (commit === null) return [];
  const byCopy = new Map(known.map((conflict) => [conflict.copy, conflict]));
  const fresh = paths.filter((path) => !byCopy.has(displayPath(path)));
  const described = new Map((await describeNew(reading, fresh, commit)).map((conflict) => [conflict.copy, conflict]));
  const all = paths.flatMap((path) => byCopy.get(displayPath(path)) ?? described.get(displayPath(path)) ?? []);
  return Promise.all(all.map((conflict) => asItIsNow(reading.vcs, conflict, commit)));
}

/** With both versions as they stand in a commit: either may be edited while the conflict is open. */
export async function asItIsNow(vcs: Vcs, conflict: Conflict, commit: ObjectId): Promise<Conflict> {
  const [kept, copy] = await Promise.all([conflict.path, conflict.copy].map((path) => vcs.entryAt(commit, parseDisplayPath(path))));
  const [mine, theirs] = conflict.copySide === 'mine' ? [copy, kept] : [kept, copy];
  return { ...conflict, mine: { ...conflict.mine, blob: mine?.id ?? '' }, theirs: { ...conflict.theirs, blob: theirs?.id ?? '' } };
}

async function describeNew(reading: ConflictReading, paths: readonly RepoPath[], commit: ObjectId): Promise<Conflict[]> {
  const { vcs } = reading;
  const origins = await vcs.lastTouched(paths, commit, { added: true });
  const copies = await Promise.all(
    paths.map(async (path): Promise<Copy[]> => {
      const name = parseConflictCopyName(path);
      const origin = origins.get(path) ?? null;
      if (!name) return [];
      // A person may call a file so; ours is named by its content, and lies beside what it is a copy of.
      const isOurs = !origin || origin.blob.startsWith(name.hash7) || (await vcs.entryAt(commit, name.original)) !== null;
      return isOurs ? [{ path, name, origin }] : [];
    }),
  );
  const byOrigin = new Map<ObjectId | null, Copy[]>();
  for (const copy of copies.flat()) byOrigin.set(copy.origin?.commit ?? null, [...(byOrigin.get(copy.origin?.commit ?? null) ?? []), copy]);
  const described = await Promise.all([...byOrigin].map(async ([origin, group]) => describeGroup(reading, origin, group)));
  return described.flat();
}

/** Copies that one commit brought in: what is asked about their merge is asked once. */
async function describeGroup(reading: ConflictReading, origin: ObjectId | null, copies: readonly Copy[]): Promise<Conflict[]> {
  const merge = origin === null ? null : await readMerge(reading.vcs, origin, copies);
  return Promise.all(copies.map(async (copy) => describe(reading, copy, merge ? await sidesOf(reading.vcs, merge, copy) : NO_SIDES)));
}

interface Merge {
  readonly base: ObjectId | null;
  readonly parents: readonly [ObjectId, ObjectId];
  /** By parent: who touched each original last. */
  readonly makers: readonly [ReadonlyMap<RepoPath, Touch>, ReadonlyMap<RepoPath, Touch>];
}

async function readMerge(vcs: Vcs, commit: ObjectId, copies: readonly Copy[]): Promise<Merge | null> {
  const [first, second] = (await vcs.commitInfo(commit))?.parents ?? [];
  if (!first || !second) return null;
  const originals = copies.map(({ name }) => name.original);
  const [relation, ofFirst, ofSecond] = await Promise.all([vcs.relation(first, second), vcs.lastTouched(originals, first), vcs.lastTouched(originals, second)]);
  return { base: relation.base, parents: [first, second], makers: [ofFirst, ofSecond] };
}

interface Sides {
  readonly base: ObjectId | null;
  /** Who made the version that kept the name, and the one that lies beside. */
  readonly kept: Touch | null;
  readonly copy: Touch | null;
}

const NO_SIDES: Sides = { base: null, kept: null, copy: null };

async function sidesOf(vcs: Vcs, { base, parents, makers }: Merge, { name, origin }: Copy): Promise<Sides> {
  const [atFirst, atBase] = await Promise.all([vcs.entryAt(parents[0], name.original), base ? vcs.entryAt(base, name.original) : null]);
  const [copy, kept] = atFirst?.id === origin?.blob ? makers : [makers[1], makers[0]];
  return { base: atBase?.id ?? null, kept: kept.get(name.original) ?? null, copy: copy.get(name.original) ?? null };
}

function describe({ machine, folder, now }: ConflictReading, { path, name, origin }: Copy, sides: Sides): Conflict {
  const copySide = { blob: '', machine: sides.copy?.machine ?? name.machine };
  const keptSide = { blob: '', machine: sides.kept?.machine ?? '' };
  // By id: two machines may bear one name.
  const isOurs = (maker: Touch | null): boolean => maker?.machineId === machine.id;
  const copyIsMine = isOurs(sides.copy) || (!isOurs(sides.kept) && copySide.machine === machine.name);
  return {
    id: createHash('sha256').update(`${folder}\0${path}`).digest('hex').slice(0, 10),
    folder,
    path: displayPath(name.original),
    copy: displayPath(path),
    at: origin?.at ?? now,
    base: sides.base,
    mine: copyIsMine ? copySide : keptSide,
    theirs: copyIsMine ? keptSide : copySide,
    copySide: copyIsMine ? 'mine' : 'theirs',
  };
}
