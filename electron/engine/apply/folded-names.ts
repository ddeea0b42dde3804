import type { RepoPath } from '../repo-path.ts';
import type { TreeChange } from '../vcs/vcs.ts';
import { ancestorsOf } from './ancestors.ts';
import { isVersion, type Disk, type DiskEntry } from './disk.ts';

const folded = (path: RepoPath): string => path.toLowerCase();

/**
 * What lies at which path, where the file system takes `Readme` and `README` for one name: the file that goes seems to
 * stand in the way of the one that comes, and what has come seems to be the one that was to go.
 */
export class FoldedNames {
  readonly #disk: Disk;
  readonly #aliases: ReadonlySet<RepoPath> | undefined;
  readonly #changes: ReadonlyMap<RepoPath, TreeChange>;
  /** Of what goes: the inode. */
  readonly #leaving = new Map<string, string>();
  readonly #coming = new Map<string, TreeChange>();
  /** Directories of what comes. */
  readonly #needed = new Set<string>();

  constructor(changes: ReadonlyMap<RepoPath, TreeChange>, disk: Disk) {
    this.#disk = disk;
    this.#aliases = disk.aliases;
    this.#changes = changes;
    if (!this.#aliases) return;
    for (const change of changes.values()) {
      const entry = disk.entries.get(change.path);
      if (change.after) {
        this.#coming.set(folded(change.path), change);
        for (const ancestor of ancestorsOf(change.path)) this.#needed.add(folded(ancestor));
      } else if (entry && 'inode' in entry) this.#leaving.set(folded(change.path), entry.inode);
    }
  }

  /** By this very name; of a name that is still to be made, nothing. */
  at(path: RepoPath): DiskEntry | null {
    const entry = this.#disk.entries.get(path) ?? null;
    if (!this.#aliases || !entry) return entry;
    const change = this.#changes.get(path);
    if (change && !change.after) return this.#hasCome(path) ? null : entry;
    return !change?.before && this.#isLeaving(path, entry) && !this.#isThere(change) ? null : entry;
  }

  /** Something that comes needs the place of what is there under this path. */
  isNeeded(path: RepoPath): boolean {
    return this.#coming.has(folded(path)) || this.#needed.has(folded(path));
  }

  /**
   * A path that cannot be beside another: one that comes where another stays, or two that come. Waiting for a commit
   * would not end, for the repository sees nothing to commit. Null: none.
   */
  clash(): RepoPath | null {
    if (!this.#aliases) return null;
    for (const { path, after } of this.#changes.values()) {
      if (!after) continue;
      if (this.#coming.get(folded(path))?.path !== path || this.#isAnothers(path) || ancestorsOf(path).some((ancestor) => this.#isAnothers(ancestor, 'directory'))) return path;
      if (ancestorsOf(path).some((ancestor) => this.#coming.has(folded(ancestor)))) return path;
    }
    return null;
  }

  /** Of one that goes: what took its name by case has come already. */
  #hasCome(path: RepoPath): boolean {
    return this.#aliases?.has(path) === true && this.#isThere(this.#coming.get(folded(path)));
  }

  #isThere(change: TreeChange | undefined): boolean {
    if (!change?.after || this.#aliases?.has(change.path)) return false;
    return isVersion(this.#disk.entries.get(change.path) ?? null, change.after, this.#disk.executableBits);
  }

  #isLeaving(path: RepoPath, entry: DiskEntry): boolean {
    return 'inode' in entry && this.#leaving.get(folded(path)) === entry.inode;
  }

  /** Directories of one name can be one directory. */
  #isAnothers(path: RepoPath, unless?: DiskEntry['kind']): boolean {
    const entry = this.#disk.entries.get(path);
    return this.#aliases?.has(path) === true && entry !== undefined && entry.kind !== unless && !this.#isLeaving(path, entry);
  }
}
