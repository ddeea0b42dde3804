import type { RepoPath } from '../../repo-path.ts';
import type { TreeChange, TreeEntry } from '../../vcs/vcs.ts';

/** A tree as a version-control system keeps it: leaves only. The id of a content is the content. */
export type Tree = ReadonlyMap<RepoPath, TreeEntry>;

export const sameEntry = (a: TreeEntry | null | undefined, b: TreeEntry | null | undefined): boolean => a?.mode === b?.mode && a?.id === b?.id;

export function diffTrees(before: Tree, after: Tree): TreeChange[] {
  const changes: TreeChange[] = [];
  for (const [path, entry] of before) if (!sameEntry(entry, after.get(path))) changes.push({ path, before: entry, after: after.get(path) ?? null });
  for (const [path, entry] of after) if (!before.has(path)) changes.push({ path, before: null, after: entry });
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}
