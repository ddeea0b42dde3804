import { repoPathFromBytes, type RepoPath } from '../../repo-path.ts';
import type { TreeChange, TreeEntry } from '../vcs.ts';
import { isRegular, type Contested } from './merge-conflicts.ts';

/** A path that one side or both changed since the base. */
export interface Versions extends Contested {
  /** Undefined: the bases do not agree, so there is none to go by. */
  readonly base: TreeEntry | null | undefined;
}

/** Per path: what base, first and second have there, of the paths that at least one side changed. */
export function versionsOf(sides: readonly { readonly first: readonly TreeChange[]; readonly second: readonly TreeChange[] }[]): ReadonlyMap<RepoPath, Versions> {
  const found = new Map<RepoPath, Versions>();
  const one = sides.map(({ first, second }) => versionsOfBase(first, second));
  for (const versions of one) {
    for (const [path, version] of versions) {
      const others = one.map((other) => other.get(path));
      // Unchanged since another base: that one has what both sides have, so there is nothing to merge here.
      if (others.includes(undefined)) continue;
      const agree = others.every((other) => same(other?.base ?? null, version.base ?? null));
      found.set(path, agree ? version : { ...version, base: undefined });
    }
  }
  return found;
}

function versionsOfBase(first: readonly TreeChange[], second: readonly TreeChange[]): Map<RepoPath, Versions> {
  const inSecond = new Map(second.map((change) => [change.path, change]));
  const found = new Map<RepoPath, Versions>();
  for (const { path, before, after } of first) {
    const other = inSecond.get(path);
    found.set(path, { path, base: before, first: after, second: other ? other.after : before });
  }
  for (const { path, before, after } of second) if (!found.has(path)) found.set(path, { path, base: before, first: before, second: after });
  return found;
}

/** Where both changed a file's content, so that its lines may go together. */
export const isMergeable = ({ base, first, second }: Versions): boolean =>
  [base, first, second].every((entry) => entry && isRegular(entry)) && first?.id !== second?.id && first?.id !== base?.id && second?.id !== base?.id;

export interface ThreeWay {
  /** Decided: one side only changed it, both alike, or the lines went together. */
  readonly entries: ReadonlyMap<RepoPath, TreeEntry | null>;
  readonly contested: readonly Contested[];
}

/** Path by path, without looking for renames. A file where the result has a directory is contested too. */
export function threeWay(versions: ReadonlyMap<RepoPath, Versions>, merged: ReadonlyMap<RepoPath, TreeEntry>): ThreeWay {
  const entries = new Map<RepoPath, TreeEntry | null>();
  const contested = new Map<RepoPath, Contested>();
  for (const [path, version] of versions) {
    const decided = merged.get(path) ?? decide(version);
    if (decided === undefined) contested.set(path, version);
    else entries.set(path, decided);
  }
  const directories = directoriesOf([...entries].flatMap(([path, entry]) => (entry ? [path] : [])), contested.keys());
  for (const [path, entry] of [...entries]) {
    const version = versions.get(path);
    if (!entry || !version || !directories.has(path)) continue;
    entries.delete(path);
    // Both may have it, or the one whose version was taken.
    contested.set(path, { path, first: same(version.first, entry) ? entry : null, second: same(version.first, entry) ? null : entry });
  }
  return { entries, contested: [...contested.values()] };
}

function decide({ base, first, second }: Versions): TreeEntry | null | undefined {
  if (same(first, second)) return first;
  if (base === undefined) return undefined;
  if (same(first, base)) return second;
  if (same(second, base)) return first;
  return base && first && second ? contentAndMode(base, first, second) : undefined;
}

/** A file made executable on one side and edited on the other has both: its content and its mode are decided apart. */
function contentAndMode(base: TreeEntry, first: TreeEntry, second: TreeEntry): TreeEntry | undefined {
  if (![base, first, second].every(isRegular)) return undefined;
  if (first.id !== second.id && first.id !== base.id && second.id !== base.id) return undefined;
  return { id: first.id === base.id ? second.id : first.id, mode: first.mode === base.mode ? second.mode : first.mode };
}

const same = (a: TreeEntry | null, b: TreeEntry | null): boolean => a?.id === b?.id && a?.mode === b?.mode;

/** Every directory that holds one of the paths. */
export function directoriesOf(...groups: Iterable<RepoPath>[]): Set<RepoPath> {
  const directories = new Set<RepoPath>();
  for (const group of groups) {
    for (const path of group) {
      for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) directories.add(repoPathFromBytes(Buffer.from(path.slice(0, slash), 'latin1')));
    }
  }
  return directories;
}
