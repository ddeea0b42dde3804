import { joinPath, parentPath, repoPathFromText, type RepoPath } from '../../repo-path.ts';
import type { TreeEntry } from '../../vcs/vcs.ts';
import { ancestorsOf } from '../../apply/ancestors.ts';
import type { Tree } from '../apply/memory-tree.ts';
import type { Draw } from './draw.ts';

/** Few, so that what happens in two trees meets at nearly every path; some differ in nothing but case. */
const NAMES = ['a', 'b', 'c', 'd', 'A'] as const;
/** Sorted before `/` or after it, no text, too long for a copy to be named after, the names of copies. */
const ODD_NAMES = ['a.b', 'a-', 'ü', '\n', 'a (conflict ada 2222222)', 'a (conflict grace 2222222)', `${'n'.repeat(250)}.txt`].map((name) => repoPathFromText(name));
const DEPTH = 3;

/** Contents that turn up everywhere, so that two sides often have the same. Seven digits, as in the name of a copy. */
const COMMON_IDS = ['1111111', '2222222', '3333333'] as const;
const MODES = ['100644', '100644', '100644', '100755', '120000'] as const;

export type DrawnTree = Map<RepoPath, TreeEntry>;

/** `fresh`: contents that are nowhere else. */
export interface TreeDraw {
  readonly draw: Draw;
  readonly freshId: () => string;
}

const someName = (draw: Draw): string => (draw.chance(10) ? (draw.pick(ODD_NAMES) ?? 'a') : draw.pick(NAMES));

export function somePath(draw: Draw): RepoPath {
  let path = joinPath(null, someName(draw));
  for (let depth = 1; depth < DEPTH && draw.chance(40); depth++) path = joinPath(path, someName(draw));
  return path;
}

const someEntry = ({ draw, freshId }: TreeDraw): TreeEntry => ({ mode: draw.pick(MODES), id: draw.chance(70) ? draw.pick(COMMON_IDS) : freshId() });

/** Puts an entry in a tree; what cannot be together with it gives way. */
export function put(tree: DrawnTree, path: RepoPath, entry: TreeEntry): void {
  for (const ancestor of ancestorsOf(path)) tree.delete(ancestor);
  const below = `${path}/`;
  for (const other of tree.keys()) if (other.startsWith(below)) tree.delete(other);
  tree.set(path, entry);
}

export function someTree(source: TreeDraw, most: number): DrawnTree {
  const tree: DrawnTree = new Map();
  for (let left = source.draw.below(most + 1); left > 0; left--) put(tree, somePath(source.draw), someEntry(source));
  return tree;
}

type Change = (tree: DrawnTree, at: RepoPath, entry: TreeEntry, source: TreeDraw) => void;

const edit: Change = (tree, at, entry, source) => tree.set(at, { ...entry, id: someEntry(source).id });
const changeMode: Change = (tree, at, entry, { draw }) => tree.set(at, { ...entry, mode: draw.pick(MODES) });
const remove: Change = (tree, at) => tree.delete(at);
const removeDirectory: Change = (tree, at) => {
  const directory = parentPath(at);
  for (const path of tree.keys()) if (directory === null ? path === at : path.startsWith(`${directory}/`)) tree.delete(path);
};
const rename: Change = (tree, at, entry, { draw }) => {
  tree.delete(at);
  put(tree, somePath(draw), entry);
};
const renameDirectory: Change = (tree, at, entry, { draw }) => {
  const directory = parentPath(at);
  if (directory === null) return;
  const moved = [...tree].filter(([path]) => path.startsWith(`${directory}/`));
  for (const [path] of moved) tree.delete(path);
  const to = somePath(draw);
  for (const [path, each] of moved) put(tree, (to + path.slice(directory.length)) as RepoPath, each);
};
const changeCase: Change = (tree, at, entry) => {
  tree.delete(at);
  put(tree, (at.startsWith('A') ? at.replace(/^A/, 'a') : at.replace(/^./, (first) => first.toUpperCase())) as RepoPath, entry);
};
const fileToDirectory: Change = (tree, at, entry, { draw }) => {
  tree.delete(at);
  put(tree, joinPath(at, someName(draw)), entry);
};
const directoryToFile: Change = (tree, at, entry) => put(tree, parentPath(at) ?? at, entry);
const add: Change = (tree, _, __, source) => put(tree, somePath(source.draw), someEntry(source));

const CHANGES = [edit, edit, edit, changeMode, remove, removeDirectory, rename, renameDirectory, changeCase, fileToDirectory, directoryToFile, add, add] as const;

/** The tree after up to `most` changes such as people make. */
export function perturbed(from: Tree, source: TreeDraw, most: number): DrawnTree {
  const tree: DrawnTree = new Map(from);
  for (let left = source.draw.below(most + 1); left > 0; left--) {
    const [path, entry] = [...tree][source.draw.below(Math.max(1, tree.size))] ?? [];
    if (path !== undefined && entry) source.draw.pick(CHANGES)(tree, path, entry, source);
    else put(tree, somePath(source.draw), someEntry(source));
  }
  return tree;
}
