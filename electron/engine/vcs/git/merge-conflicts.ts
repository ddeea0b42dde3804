import { conflictCopyName } from '../../apply/conflict-copy-name.ts';
import type { RepoPath } from '../../repo-path.ts';
import type { TreeEntry } from '../vcs.ts';

/** A path that both sides changed, each in its way; null: that side has nothing there. Sides are told apart by their commits' ids, not by who merges. */
export interface Contested {
  readonly path: RepoPath;
  readonly first: TreeEntry | null;
  readonly second: TreeEntry | null;
}

export interface Resolution {
  /** What the merged tree has to hold at these paths; null: nothing. */
  readonly entries: ReadonlyMap<RepoPath, TreeEntry | null>;
  /** Versions that lie beside, under another name. */
  readonly copies: readonly { readonly path: RepoPath; readonly copy: RepoPath }[];
}

type Side = 'first' | 'second';

/** What the resolution may ask about the two sides. */
export interface Around {
  /** Name of the machine that last changed the path on a side. */
  readonly machine: (side: Side, path: RepoPath) => string;
  /** What the merge, as far as it is decided, has at a name that a copy might get; a directory there on either side counts. */
  readonly present: (name: RepoPath) => TreeEntry | 'directory' | null;
  /** Whether the merged tree has a directory there. */
  readonly isDirectory: (path: RepoPath) => boolean;
}

/**
 * Decides contested paths by content alone, so that two machines that merge alone decide alike: the version with the
 * smaller id keeps the name, the other lies beside it. An edit wins over a deletion, a directory over a file (which
 * lies beside), and nothing is ever dropped.
 */
export function resolveConflicts(contested: readonly Contested[], around: Around): Resolution {
  const entries = new Map<RepoPath, TreeEntry | null>();
  const copies: { path: RepoPath; copy: RepoPath }[] = [];
  const beside: { path: RepoPath; entry: TreeEntry; side: Side }[] = [];
  for (const one of [...contested].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const { kept, aside } = decide(one, around.isDirectory(one.path));
    entries.set(one.path, kept);
    for (const side of aside) {
      const entry = one[side];
      if (entry) beside.push({ path: one.path, entry, side });
    }
  }
  for (const { path, entry, side } of beside) {
    const taken = (name: RepoPath): boolean => isTaken(name, entry, entries, around);
    const copy = conflictCopyName(path, around.machine(side, path), entry.id.slice(0, 7), taken);
    entries.set(copy, entry);
    copies.push({ path, copy });
  }
  return { entries, copies };
}

/** A name is free when nothing is there, or the very same content: then it is that copy already. */
function isTaken(name: RepoPath, entry: TreeEntry, entries: ReadonlyMap<RepoPath, TreeEntry | null>, around: Around): boolean {
  // A copy that one side made a directory of would get its own name again.
  if (around.isDirectory(name)) return true;
  const there = entries.has(name) ? (entries.get(name) ?? null) : around.present(name);
  return there === 'directory' || (there !== null && !sameContent(there, entry));
}

function decide({ first, second }: Contested, directory: boolean): { kept: TreeEntry | null; aside: Side[] } {
  if (directory) return { kept: null, aside: first && second && sameContent(first, second) ? ['first'] : ['first', 'second'] };
  if (!first || !second) return { kept: first ?? second, aside: [] };
  if (sameContent(first, second)) return { kept: first.mode === '100755' ? first : second, aside: [] };
  // A submodule is a pointer without content of its own: one of two stays, and beside it only what has content.
  if (first.mode === '160000' || second.mode === '160000') {
    if (first.mode === second.mode) return { kept: first.id < second.id ? first : second, aside: [] };
    return first.mode === '160000' ? { kept: first, aside: ['second'] } : { kept: second, aside: ['first'] };
  }
  return comesFirst(first, second) ? { kept: first, aside: ['second'] } : { kept: second, aside: ['first'] };
}

const sameContent = (a: TreeEntry, b: TreeEntry): boolean => a.id === b.id && isRegular(a) === isRegular(b);
export const isRegular = ({ mode }: TreeEntry): boolean => mode === '100644' || mode === '100755';
const comesFirst = (a: TreeEntry, b: TreeEntry): boolean => (a.id === b.id ? a.mode < b.mode : a.id < b.id);
