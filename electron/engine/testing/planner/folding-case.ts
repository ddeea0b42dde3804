import { baseName, joinPath, parentPath, type RepoPath } from '../../repo-path.ts';
import { ancestorsOf } from '../../apply/ancestors.ts';
import type { Tree } from '../apply/memory-tree.ts';
import type { CaseMachine, MergeCase } from './merge-case.ts';
import { put, type DrawnTree } from './random-trees.ts';

const folded = (path: RepoPath): RepoPath => path.toLowerCase() as RepoPath;

const withSmallDirectories = (path: RepoPath): RepoPath => {
  const parent = parentPath(path);
  return joinPath(parent && folded(parent), baseName(path));
};

/**
 * The case with a file system on one of the machines that does not tell names apart by case. Directories are written
 * small everywhere: two of them that differ by case alone would be one there, and are left out.
 */
export function withFoldedNames({ base, ada, grace, ignored }: MergeCase, machine: 'ada' | 'grace'): MergeCase {
  const small: MergeCase = { base: smallTree(base), ada: smallMachine(ada), grace: smallMachine(grace), ignored: ignored.map(withSmallDirectories) };
  const { head, disk, ...rest } = small[machine];
  const fitting = withoutClashes(head);
  return { ...small, [machine]: { ...rest, head: fitting, disk: withoutClashes(disk, fitting), foldsCase: true } };
}

function smallTree(tree: Tree): Tree {
  const small: DrawnTree = new Map();
  for (const [path, entry] of tree) put(small, withSmallDirectories(path), entry);
  return small;
}

const smallMachine = ({ head, disk, emptyDirectories, odd, held, unlooked, ...rest }: CaseMachine): CaseMachine => ({
  ...rest,
  head: smallTree(head),
  disk: smallTree(disk),
  emptyDirectories: emptyDirectories.map(folded),
  odd: odd.map(withSmallDirectories),
  held: held.map(withSmallDirectories),
  unlooked: unlooked.map(withSmallDirectories),
});

/** What is committed has its name as committed: no repository notices there that it was renamed by case alone. */
function withoutClashes(tree: Tree, committed: Tree = new Map()): Tree {
  const kinds = new Map<string, 'leaf' | 'directory'>();
  const names = new Map([...committed.keys()].map((path) => [folded(path), path]));
  const fitting: DrawnTree = new Map();
  for (const [given, entry] of tree) {
    const path = names.get(folded(given)) ?? given;
    const directories = ancestorsOf(path).map(folded);
    if (kinds.has(folded(path)) || directories.some((directory) => kinds.get(directory) === 'leaf')) continue;
    for (const directory of directories) kinds.set(directory, 'directory');
    kinds.set(folded(path), 'leaf');
    fitting.set(path, entry);
  }
  return fitting;
}
