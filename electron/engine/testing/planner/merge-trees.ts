import type { RepoPath } from '../../repo-path.ts';
import { resolveConflicts } from '../../vcs/git/merge-conflicts.ts';
import { directoriesOf, isMergeable, threeWay, versionsOf, type Versions } from '../../vcs/git/three-way.ts';
import type { TreeEntry } from '../../vcs/vcs.ts';
import { diffTrees, type Tree } from '../apply/memory-tree.ts';

export interface MergeSide {
  readonly tree: Tree;
  /** That made its commits. */
  readonly machine: string;
}

export interface Merged {
  readonly tree: Tree;
  readonly copies: readonly { readonly path: RepoPath; readonly copy: RepoPath }[];
}

/**
 * The engine's own way from three trees to one (`vcs/git/three-way.ts`, `merge-conflicts.ts`), without a repository. Of
 * what git itself does before, only this is imitated: some pairs of contents go together line by line. Renames are not
 * looked for here; the simulation has those.
 */
export function mergeTrees(base: Tree, first: MergeSide, second: MergeSide): Merged {
  const versions = versionsOf([{ first: diffTrees(base, first.tree), second: diffTrees(base, second.tree) }]);
  const merged = new Map<RepoPath, TreeEntry>();
  for (const version of versions.values()) {
    const together = mergedLines(version);
    if (together) merged.set(version.path, together);
  }
  const { entries, contested } = threeWay(versions, merged);
  const directories = directoriesOf([...entries].flatMap(([path, entry]) => (entry ? [path] : [])), contested.map(({ path }) => path));
  const folders = directoriesOf(first.tree.keys(), second.tree.keys());
  const resolution = resolveConflicts(contested, {
    machine: (side) => (side === 'first' ? first : second).machine,
    present: (name) => (folders.has(name) ? 'directory' : ((entries.has(name) ? entries.get(name) : first.tree.get(name)) ?? null)),
    isDirectory: (path) => directories.has(path),
  });
  const tree = new Map(first.tree);
  for (const [path, entry] of [...entries, ...resolution.entries]) {
    if (entry) tree.set(path, entry);
    else tree.delete(path);
  }
  return { tree, copies: resolution.copies };
}

/** The contents of entries, with those that went into one of them. */
export function contentsOf(...groups: readonly Iterable<TreeEntry>[]): ReadonlySet<string> {
  const contents = new Set<string>();
  for (const group of groups) {
    for (const { id } of group) {
      if (id.includes('+')) for (const part of id.split('+')) contents.add(part);
      else contents.add(id);
    }
  }
  return contents;
}

/** About a third of all pairs; the same whichever side is the first. */
function mergedLines(version: Versions): TreeEntry | null {
  const { base, first, second } = version;
  if (!base || !first || !second || !isMergeable(version)) return null;
  const [one, other] = [first.id, second.id].sort() as [string, string];
  if ((one.charCodeAt(0) + other.charCodeAt(other.length - 1)) % 3 !== 0) return null;
  return { id: `${one}+${other}`, mode: first.mode === base.mode ? second.mode : first.mode };
}
