import { isWithin, parentPath, type RepoPath } from '../../repo-path.ts';
import type { TreeChange, TreeEntry } from '../../vcs/vcs.ts';
import { ancestorsOf } from '../../apply/ancestors.ts';
import type { Operation } from '../../apply/operation.ts';
import { isVersion, type Disk, type DiskEntry } from '../../apply/planner.ts';
import { sameEntry, type Tree } from './memory-tree.ts';

interface Kept {
  readonly path: RepoPath;
  readonly entry: TreeEntry;
}

/** A work tree in memory that refuses every step that would replace or lose something, as the applier does. */
export class MemoryDisk {
  readonly leaves: Map<RepoPath, TreeEntry>;
  readonly directories = new Set<RepoPath>();
  /** Fifos, sockets: nobody's to move. */
  readonly odd = new Set<RepoPath>();
  readonly rescued: Kept[] = [];
  readonly copies: Kept[] = [];

  constructor(tree: Tree, emptyDirectories: readonly RepoPath[] = [], odd: readonly RepoPath[] = []) {
    this.leaves = new Map(tree);
    for (const path of tree.keys()) this.#makeAncestors(path);
    for (const path of odd) if (this.#isFree(path)) this.#makeAncestors(path).odd.add(path);
    for (const path of emptyDirectories) if (this.#isFree(path)) this.#makeAncestors(path).directories.add(path);
  }

  /** What `readDisk` would give: no more than a plan for these changes may go by. */
  view(changes: readonly TreeChange[], { isIgnored, ...options }: Pick<Disk, 'held' | 'unlooked'> & { readonly isIgnored: (path: RepoPath) => boolean }): Disk {
    const entries = new Map<RepoPath, DiskEntry>();
    const expected = new Set<RepoPath>();
    for (const { path, before, after } of changes) {
      for (const ancestor of ancestorsOf(path)) this.#look(ancestor, false, entries);
      const candidates = [before, after].some((entry) => entry && entry.mode !== '160000' && (entry.mode === '120000') === (this.leaves.get(path)?.mode === '120000'));
      this.#look(path, candidates, entries);
      const blocks = after && after.mode !== '160000' && (!before || before.mode === '160000') && this.directories.has(path);
      if (blocks) for (const below of this.#below(path)) this.#look(below, false, entries);
      if (before ?? (after && isVersion(entries.get(path) ?? null, after, true))) expected.add(path);
    }
    const ignored = new Set([...entries.keys()].filter((path) => !expected.has(path) && !this.directories.has(path) && isIgnored(path)));
    return { entries, ignored, executableBits: true, ...options };
  }

  /** Whether something is there, and it is not a directory. */
  isBlocked(path: RepoPath): boolean {
    return this.leaves.has(path) || this.odd.has(path);
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
        if (this.directories.has(path) && this.#below(path).length === 0) this.directories.delete(path);
        break;
      case 'make-directory':
        this.#refuseUnless(!this.isBlocked(path) && this.#parentIsThere(path), operation);
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
        this.#refuseUnless(!this.isBlocked(path) && !this.directories.has(path) && this.#parentIsThere(path), operation);
        this.leaves.set(path, operation.after);
        break;
    }
  }

  #look(path: RepoPath, identified: boolean, entries: Map<RepoPath, DiskEntry>): void {
    const leaf = this.leaves.get(path);
    const known = entries.get(path);
    if (leaf) {
      const id = identified ? leaf.id : known && 'id' in known ? known.id : null;
      entries.set(path, leaf.mode === '120000' ? { kind: 'link', id } : { kind: 'file', id, executable: leaf.mode === '100755', inode: path });
    } else if (this.directories.has(path)) entries.set(path, { kind: 'directory' });
    else if (this.odd.has(path)) entries.set(path, { kind: 'other' });
  }

  #isFree(path: RepoPath): boolean {
    return !this.isBlocked(path) && !this.directories.has(path) && !ancestorsOf(path).some((ancestor) => this.isBlocked(ancestor));
  }

  #makeAncestors(path: RepoPath): this {
    for (const ancestor of ancestorsOf(path)) this.directories.add(ancestor);
    return this;
  }

  #take(path: RepoPath): TreeEntry {
    const entry = this.leaves.get(path);
    if (!entry) throw new Error(`nothing to move at ${path}`);
    this.leaves.delete(path);
    return entry;
  }

  /** A leaf, or all that a directory holds, and the directory with it. */
  #takeAll(path: RepoPath): Kept[] {
    if (!this.directories.has(path)) return [{ path, entry: this.#take(path) }];
    for (const directory of [...this.directories]) if (isWithin(directory, path)) this.directories.delete(directory);
    return [...this.leaves.keys()].filter((leaf) => isWithin(leaf, path)).map((leaf) => ({ path: leaf, entry: this.#take(leaf) }));
  }

  #takeSame(path: RepoPath, before: TreeEntry): void {
    if (!sameEntry(this.leaves.get(path), before)) throw new Error(`${path} is not what the base says, and would be lost`);
    this.leaves.delete(path);
  }

  #below(directory: RepoPath): RepoPath[] {
    const prefix = `${directory}/`;
    return [...this.leaves.keys(), ...this.directories, ...this.odd].filter((path) => path.startsWith(prefix));
  }

  #parentIsThere(path: RepoPath): boolean {
    const parent = parentPath(path);
    return parent === null || this.directories.has(parent);
  }

  #refuseUnless(condition: boolean, operation: Operation): void {
    if (!condition) throw new Error(`not possible now: ${JSON.stringify(operation)}`);
  }
}
