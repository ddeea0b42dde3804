import fc from 'fast-check';
import { isWithin, repoPathFromText, type RepoPath } from '../../repo-path.ts';
import type { TreeChange, TreeEntry } from '../../vcs/vcs.ts';
import { ancestorsOf } from '../../apply/ancestors.ts';
import type { Operation } from '../../apply/operation.ts';
import type { Disk, DiskEntry } from '../../apply/planner.ts';

/** A tree as a version-control system keeps it: leaves only. The id of a content is the content. */
export type Tree = ReadonlyMap<RepoPath, TreeEntry>;

interface Nested {
  readonly [name: string]: TreeEntry | Nested;
}

const leaf = fc.record({ mode: fc.constantFrom<TreeEntry['mode'][]>('100644', '100644', '100644', '100755', '120000'), id: fc.constantFrom('v1', 'v2', 'v3') });
const isLeaf = (node: TreeEntry | Nested): node is TreeEntry => typeof node['mode'] === 'string';

/** Trees of few names, so that two of them meet at nearly every path: file against directory, link against both. */
const nested = fc.letrec<{ tree: Nested; node: TreeEntry | Nested }>((tie) => ({
  node: fc.oneof({ maxDepth: 2, depthSize: 'small' }, leaf, leaf, tie('tree')),
  tree: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('node'), { maxKeys: 3, noNullPrototype: true }),
})).tree;

function flatten(tree: Nested, prefix = ''): [RepoPath, TreeEntry][] {
  return Object.entries(tree).flatMap(([name, node]) => (isLeaf(node) ? [[repoPathFromText(prefix + name), node] as [RepoPath, TreeEntry]] : flatten(node, `${prefix}${name}/`)));
}

export const arbitraryTree: fc.Arbitrary<Tree> = nested.map((tree) => new Map(flatten(tree)));

const sameEntry = (a: TreeEntry | undefined, b: TreeEntry | undefined) => a?.mode === b?.mode && a?.id === b?.id;

export function diffTrees(before: Tree, after: Tree): TreeChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.filter((path) => !sameEntry(before.get(path), after.get(path))).map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }));
}

/** One tree laid over another: what does not fit with a leaf of `over` gives way. */
export function layOver(under: Tree, over: Tree): Tree {
  const clashes = (path: RepoPath) => over.has(path) || ancestorsOf(path).some((ancestor) => over.has(ancestor)) || [...over.keys()].some((other) => other.startsWith(`${path}/`));
  return new Map([...over, ...[...under].filter(([path]) => !clashes(path))]);
}

/** A work tree in memory that refuses every step that would replace or lose something. */
export class MemoryDisk {
  readonly leaves: Map<RepoPath, TreeEntry>;
  readonly directories = new Set<RepoPath>();
  readonly rescued: { path: RepoPath; entry: TreeEntry }[] = [];
  readonly copies: { path: RepoPath; entry: TreeEntry }[] = [];

  constructor(tree: Tree, emptyDirectories: readonly RepoPath[] = []) {
    this.leaves = new Map(tree);
    for (const path of [...tree.keys()]) for (const ancestor of ancestorsOf(path)) this.directories.add(ancestor);
    for (const directory of emptyDirectories) {
      if ([directory, ...ancestorsOf(directory)].some((path) => this.leaves.has(path))) continue;
      for (const path of [directory, ...ancestorsOf(directory)]) this.directories.add(path);
    }
  }

  view(options: Pick<Disk, 'ignored' | 'held'>): Disk {
    const entries = new Map<RepoPath, DiskEntry>();
    for (const directory of this.directories) entries.set(directory, { kind: 'directory' });
    for (const [path, { mode, id }] of this.leaves) {
      entries.set(path, mode === '120000' ? { kind: 'link', id } : { kind: 'file', id, executable: mode === '100755', inode: path });
    }
    return { entries, executableBits: true, ...options };
  }

  run(operation: Operation): void {
    const { path } = operation;
    switch (operation.do) {
      case 'rescue':
        this.rescued.push({ path, entry: this.#take(path) });
        break;
      case 'copy-beside':
        this.copies.push(...this.#takeAll(path));
        break;
      case 'remove':
        this.#takeSame(path, operation.before);
        break;
      case 'remove-directory':
        if (!this.#hasBelow(path)) this.directories.delete(path);
        break;
      case 'make-directory':
        this.#refuseUnless(!this.leaves.has(path) && this.#parentIsThere(path), operation);
        this.directories.add(path);
        break;
      case 'set-mode': {
        const entry = this.leaves.get(path);
        this.#refuseUnless(entry !== undefined && entry.mode !== '120000', operation);
        if (entry) this.leaves.set(path, { ...entry, mode: operation.executable ? '100755' : '100644' });
        break;
      }
      case 'place':
        if (operation.before) this.#takeSame(path, operation.before);
        this.#refuseUnless(!this.leaves.has(path) && !this.directories.has(path) && this.#parentIsThere(path), operation);
        this.leaves.set(path, operation.after);
        break;
    }
  }

  #take(path: RepoPath): TreeEntry {
    const entry = this.leaves.get(path);
    if (!entry) throw new Error(`nothing to move at ${path}`);
    this.leaves.delete(path);
    return entry;
  }

  /** A leaf, or all that a directory holds, and the directory with it. */
  #takeAll(path: RepoPath): { path: RepoPath; entry: TreeEntry }[] {
    if (!this.directories.has(path)) return [{ path, entry: this.#take(path) }];
    for (const directory of [...this.directories]) if (isWithin(directory, path)) this.directories.delete(directory);
    return [...this.leaves.keys()].filter((leaf) => isWithin(leaf, path)).map((leaf) => ({ path: leaf, entry: this.#take(leaf) }));
  }

  #takeSame(path: RepoPath, before: TreeEntry): void {
    const entry = this.#take(path);
    if (!sameEntry(entry, before)) throw new Error(`${path} is not what the base says, and would be lost`);
  }

  #hasBelow(directory: RepoPath): boolean {
    return [...this.leaves.keys(), ...this.directories].some((path) => path.startsWith(`${directory}/`));
  }

  #parentIsThere(path: RepoPath): boolean {
    return ancestorsOf(path).every((ancestor) => this.directories.has(ancestor));
  }

  #refuseUnless(condition: boolean, operation: Operation): void {
    if (!condition) throw new Error(`not possible now: ${JSON.stringify(operation)}`);
  }
}
