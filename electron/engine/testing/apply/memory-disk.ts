import { baseName, isWithin, joinPath, parentPath, type RepoPath } from '../../repo-path.ts';
import type { TreeChange, TreeEntry } from '../../vcs/vcs.ts';
import { ancestorsOf } from '../../apply/ancestors.ts';
import { isVersion, type Disk, type DiskEntry } from '../../apply/disk.ts';
import type { Operation } from '../../apply/operation.ts';
import { sameEntry, type Tree } from './memory-tree.ts';

interface Kept {
  readonly path: RepoPath;
  readonly entry: TreeEntry;
}

/** What lies on a disk, apart from what a tree can have. */
export interface DiskOptions {
  readonly emptyDirectories?: readonly RepoPath[];
  /** Fifos, sockets: nobody's to move. */
  readonly odd?: readonly RepoPath[];
  /** `a` and `A` are one name. */
  readonly foldsCase?: boolean;
}

/** A work tree in memory that refuses every step that would replace or lose something, as the applier does. */
export class MemoryDisk {
  /** Under the names that they were made with. */
  readonly leaves = new Map<RepoPath, TreeEntry>();
  readonly directories = new Set<RepoPath>();
  readonly odd = new Set<RepoPath>();
  readonly rescued: Kept[] = [];
  readonly copies: Kept[] = [];
  readonly #foldsCase: boolean;
  /** What is there, by what counts of its name. */
  readonly #names = new Map<string, RepoPath>();

  constructor(tree: Tree, { emptyDirectories = [], odd = [], foldsCase = false }: DiskOptions = {}) {
    this.#foldsCase = foldsCase;
    for (const [path, entry] of tree) this.#makeAncestors(path).#put(path, entry);
    for (const path of odd) if (this.#isFree(path)) this.odd.add(this.#makeAncestors(path).#named(path));
    for (const path of emptyDirectories) if (this.#isFree(path)) this.#makeAncestors(path).#makeDirectory(path);
  }

  at(path: RepoPath): TreeEntry | undefined {
    return this.leaves.get(this.#real(path));
  }

  /** The same for two paths that are one name here. */
  key(path: RepoPath): string {
    return this.#foldsCase ? path.toLowerCase() : path;
  }

  isOdd(path: RepoPath): boolean {
    return this.odd.size > 0 && this.odd.has(this.#real(path));
  }

  /** What `readDisk` would give: no more than a plan for these changes may go by. */
  view(changes: readonly TreeChange[], { isIgnored, ...options }: Pick<Disk, 'held' | 'unlooked'> & { readonly isIgnored: (path: RepoPath) => boolean }): Disk {
    const entries = new Map<RepoPath, DiskEntry>();
    const expected = new Set<RepoPath>();
    const staying = new Set<RepoPath>();
    for (const { path, before, after } of changes) {
      for (const ancestor of ancestorsOf(path)) this.#look(ancestor, false, entries);
      const candidates = [before, after].some((entry) => entry && entry.mode !== '160000' && (entry.mode === '120000') === (this.at(path)?.mode === '120000'));
      this.#look(path, candidates, entries);
      const blocks = after && after.mode !== '160000' && (!before || before.mode === '160000') && this.#isDirectory(path);
      // Their names are those of the directory as it was asked for.
      if (blocks) for (const below of this.#below(path)) this.#look(`${path}${below.slice(path.length)}` as RepoPath, false, entries);
      if (before ?? (after && isVersion(entries.get(path) ?? null, after, true))) expected.add(path);
      if (before && after) staying.add(path);
    }
    const found = [...entries.keys()];
    const ignored = new Set(found.filter((path) => entries.get(path)?.kind !== 'directory' && !expected.has(path) && isIgnored(path)));
    const aliases = this.#foldsCase ? { aliases: new Set(found.filter((path) => !staying.has(path) && this.#real(path) !== path)) } : {};
    return { entries, ignored, executableBits: true, ...aliases, ...options };
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
        if (this.#isDirectory(path) && this.#below(path).length === 0) this.#removeDirectory(this.#real(path));
        break;
      case 'make-directory':
        this.#makeFoldedAncestors(path);
        this.#refuseUnless(!this.#isBlocked(path) && this.#parentIsThere(path), operation);
        this.#makeDirectory(path);
        break;
      case 'set-mode': {
        const entry = this.at(path);
        this.#refuseUnless(entry !== undefined && entry.mode !== '120000', operation);
        if (entry) this.leaves.set(this.#real(path), { ...entry, mode: operation.executable ? '100755' : '100644' });
        break;
      }
      case 'place':
        if (operation.before) this.#takeSame(path, operation.before);
        this.#makeFoldedAncestors(path);
        this.#refuseUnless(!this.#isBlocked(path) && !this.#isDirectory(path) && this.#parentIsThere(path), operation);
        this.#put(path, operation.after);
        break;
    }
  }

  #look(path: RepoPath, identified: boolean, entries: Map<RepoPath, DiskEntry>): void {
    const leaf = this.at(path);
    const known = entries.get(path);
    const inode = this.#real(path);
    if (leaf) {
      const id = identified ? leaf.id : known && 'id' in known ? known.id : null;
      entries.set(path, leaf.mode === '120000' ? { kind: 'link', id, inode } : { kind: 'file', id, executable: leaf.mode === '100755', inode });
    } else if (this.#isDirectory(path)) entries.set(path, { kind: 'directory' });
    else if (this.isOdd(path)) entries.set(path, { kind: 'other' });
  }

  #real(path: RepoPath): RepoPath {
    return this.#foldsCase ? (this.#names.get(this.key(path)) ?? path) : path;
  }

  /** The name that something new gets: its own, in the directory that is there. */
  #named(path: RepoPath): RepoPath {
    if (!this.#foldsCase) return path;
    const parent = parentPath(path);
    const name = joinPath(parent && this.#real(parent), baseName(path));
    this.#names.set(this.key(path), name);
    return name;
  }

  #put(path: RepoPath, entry: TreeEntry): void {
    this.leaves.set(this.#named(path), entry);
  }

  #makeDirectory(path: RepoPath): void {
    if (!this.#isDirectory(path)) this.directories.add(this.#named(path));
  }

  #removeDirectory(name: RepoPath): void {
    this.directories.delete(name);
    this.#names.delete(this.key(name));
  }

  #isDirectory(path: RepoPath): boolean {
    return this.directories.has(this.#real(path));
  }

  /** Whether something is there, and it is not a directory. */
  #isBlocked(path: RepoPath): boolean {
    return this.at(path) !== undefined || this.isOdd(path);
  }

  #isFree(path: RepoPath): boolean {
    return !this.#isBlocked(path) && !this.#isDirectory(path) && !ancestorsOf(path).some((ancestor) => this.#isBlocked(ancestor));
  }

  #makeAncestors(path: RepoPath): this {
    for (const ancestor of ancestorsOf(path).reverse()) if (!this.#isBlocked(ancestor)) this.#makeDirectory(ancestor);
    return this;
  }

  /** A directory that changes its case goes and comes again: the applier makes it when it is missing. */
  #makeFoldedAncestors(path: RepoPath): void {
    if (this.#foldsCase) this.#makeAncestors(path);
  }

  #take(path: RepoPath): TreeEntry {
    const entry = this.at(path);
    if (!entry) throw new Error(`nothing to move at ${path}`);
    this.leaves.delete(this.#real(path));
    this.#names.delete(this.key(path));
    return entry;
  }

  /** A leaf, or all that a directory holds, and the directory with it. */
  #takeAll(path: RepoPath): Kept[] {
    if (!this.#isDirectory(path)) return [{ path, entry: this.#take(path) }];
    const isInside = (other: RepoPath) => isWithin(this.key(other) as RepoPath, this.key(path) as RepoPath);
    for (const directory of [...this.directories].filter(isInside)) this.#removeDirectory(directory);
    return [...this.leaves.keys()].filter(isInside).map((leaf) => ({ path: leaf, entry: this.#take(leaf) }));
  }

  #takeSame(path: RepoPath, before: TreeEntry): void {
    if (!sameEntry(this.at(path), before)) throw new Error(`${path} is not what the base says, and would be lost`);
    this.#take(path);
  }

  #below(directory: RepoPath): RepoPath[] {
    const prefix = `${this.key(directory)}/`;
    return [...this.leaves.keys(), ...this.directories, ...this.odd].filter((path) => this.key(path).startsWith(prefix));
  }

  #parentIsThere(path: RepoPath): boolean {
    const parent = parentPath(path);
    return parent === null || this.#isDirectory(parent);
  }

  #refuseUnless(condition: boolean, operation: Operation): void {
    if (!condition) throw new Error(`not possible now: ${JSON.stringify(operation)}`);
  }
}
