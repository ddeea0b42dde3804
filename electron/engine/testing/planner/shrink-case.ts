import type { RepoPath } from '../../repo-path.ts';
import type { TreeEntry } from '../../vcs/vcs.ts';
import { sameEntry, type Tree } from '../apply/memory-tree.ts';
import type { CaseMachine, MergeCase } from './merge-case.ts';

/** Which tree each was made from, by their order in `Trees`. */
const PREDECESSORS = [0, 0, 1, 0, 3];

type Trees = readonly [base: Tree, ada: Tree, adasDisk: Tree, grace: Tree, gracesDisk: Tree];

/** Smaller and smaller cases that still fail, until none of the next smaller ones does. */
export function shrinkCase(given: MergeCase, fails: (smaller: MergeCase) => boolean): MergeCase {
  let smallest = given;
  for (let next: MergeCase | undefined = given; next; ) {
    smallest = next;
    const limit = weight(smallest);
    next = first(simplerCases(smallest), (candidate) => weight(candidate) < limit && fails(candidate));
  }
  return smallest;
}

/** Less with each step, or two of them could undo each other for ever. */
function weight(given: MergeCase): number {
  const trees = treesOf(given);
  const folding = [given.ada, given.grace].filter(({ foldsCase }) => foldsCase).length;
  const lists = [given.ignored, ...[given.ada, given.grace].flatMap(({ emptyDirectories, odd, held, unlooked }) => [emptyDirectories, odd, held, unlooked])];
  let sum = lists.reduce((total, list) => total + list.length * 5, folding * 5);
  for (const [index, tree] of trees.entries()) {
    for (const [path, entry] of tree) sum += 10 + path.length / 100 + (entry.mode === '100644' ? 0 : 1) + (sameEntry(trees[PREDECESSORS[index] ?? 0]?.get(path), entry) ? 0 : 2);
  }
  return sum;
}

function first<T>(candidates: Iterable<T>, test: (candidate: T) => boolean): T | undefined {
  for (const candidate of candidates) if (test(candidate)) return candidate;
  return undefined;
}

const treesOf = ({ base, ada, grace }: MergeCase): Trees => [base, ada.head, ada.disk, grace.head, grace.disk];

const withTrees = (given: MergeCase, [base, ada, adasDisk, grace, gracesDisk]: Trees): MergeCase => ({
  ...given,
  base,
  ada: { ...given.ada, head: ada, disk: adasDisk },
  grace: { ...given.grace, head: grace, disk: gracesDisk },
});

/** One step simpler each; the big steps come first. Taking away never makes a tree that cannot be. */
function* simplerCases(given: MergeCase): Iterable<MergeCase> {
  const trees = treesOf(given);
  const paths = [...new Set(trees.flatMap((tree) => [...tree.keys()]))];
  for (const path of paths) yield withTrees(given, mapTrees(trees, (tree) => without(tree, path)));
  yield* withFewerLists(given);
  yield* withDisksAsCommitted(given);
  for (const path of paths) yield* simplerAt(given, trees, path);
  for (const path of paths) yield* renamed(given, trees, path);
}

function* withDisksAsCommitted(given: MergeCase): Iterable<MergeCase> {
  const [base, ada, adasDisk, grace, gracesDisk] = treesOf(given);
  if (!sameTree(adasDisk, ada)) yield withTrees(given, [base, ada, ada, grace, gracesDisk]);
  if (!sameTree(gracesDisk, grace)) yield withTrees(given, [base, ada, adasDisk, grace, grace]);
}

function* withFewerLists(given: MergeCase): Iterable<MergeCase> {
  for (const ignored of shorter(given.ignored)) yield { ...given, ignored };
  for (const ada of simplerMachines(given.ada)) yield { ...given, ada };
  for (const grace of simplerMachines(given.grace)) yield { ...given, grace };
}

function* simplerMachines(machine: CaseMachine): Iterable<CaseMachine> {
  for (const emptyDirectories of shorter(machine.emptyDirectories)) yield { ...machine, emptyDirectories };
  for (const odd of shorter(machine.odd)) yield { ...machine, odd };
  if (machine.foldsCase) yield { ...machine, foldsCase: false };
  for (const held of shorter(machine.held)) yield { ...machine, held };
  for (const unlooked of shorter(machine.unlooked)) yield { ...machine, unlooked };
}

const shorter = <T>(list: readonly T[]): T[][] => list.map((_, left) => list.filter((__, index) => index !== left));

/** At one path: nothing in one of the trees, or what the tree before it has, or a plain file. */
function* simplerAt(given: MergeCase, trees: Trees, path: RepoPath): Iterable<MergeCase> {
  for (const [index, tree] of trees.entries()) {
    const entry = tree.get(path);
    if (!entry) continue;
    yield withTrees(given, replaceAt(trees, index, without(tree, path)));
    if (entry.mode !== '100644') yield withTrees(given, replaceAt(trees, index, new Map(tree).set(path, { ...entry, mode: '100644' })));
    const before = trees[PREDECESSORS[index] ?? 0]?.get(path);
    if (before && !sameEntry(before, entry)) yield withTrees(given, replaceAt(trees, index, new Map(tree).set(path, before)));
  }
}

/** A shorter name where every tree has none of it yet. */
function* renamed(given: MergeCase, trees: Trees, path: RepoPath): Iterable<MergeCase> {
  const taken = (name: string) => trees.some((tree) => [...tree.keys()].some((other) => `${other}/`.startsWith(`${name}/`)));
  const [plain] = ['p', 'q', 'r'].filter((name) => !taken(name));
  if (path.length === 1 || plain === undefined) return;
  yield withTrees(given, mapTrees(trees, (tree) => new Map([...tree].map(([each, entry]): [RepoPath, TreeEntry] => [each === path ? (plain as RepoPath) : each, entry]))));
}

const mapTrees = ([base, ada, adasDisk, grace, gracesDisk]: Trees, map: (tree: Tree) => Tree): Trees => [map(base), map(ada), map(adasDisk), map(grace), map(gracesDisk)];
const replaceAt = (trees: Trees, index: number, by: Tree): Trees => {
  let at = 0;
  return mapTrees(trees, (tree) => (at++ === index ? by : tree));
};

const without = (tree: Tree, path: RepoPath): Tree => new Map([...tree].filter(([other]) => other !== path));
const sameTree = (a: Tree, b: Tree): boolean => a.size === b.size && [...a].every(([path, entry]) => sameEntry(b.get(path), entry));
