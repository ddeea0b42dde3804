import type { RepoPath } from '../repo-path.ts';
import type { ObjectId, TreeEntry } from '../vcs/vcs.ts';

/** What lies at a path. `id`: the one that its content has in the repository; null: neither the old nor the new one's. */
export type DiskEntry =
  | { readonly kind: 'file'; readonly executable: boolean; readonly id: ObjectId | null; readonly inode: string }
  | { readonly kind: 'link'; readonly id: ObjectId | null; readonly inode: string }
  | { readonly kind: 'directory' }
  | { readonly kind: 'other' };

export interface Disk {
  /**
   * What lies at the changed paths and the directories above them, and everything below a directory that stands where
   * a file is to be. Nothing that is reached through a link.
   */
  readonly entries: ReadonlyMap<RepoPath, DiskEntry>;
  /** Of those that are not in the base: the ignored ones. */
  readonly ignored: ReadonlySet<RepoPath>;
  /** Paths, and directories with all that is in them, whose local version will not be committed (too large, a secret): waiting for a commit would not end. */
  readonly held: ReadonlySet<RepoPath>;
  /** Paths that the repository was told not to look at: what lies there is neither the base's nor to be committed. */
  readonly unlooked?: ReadonlySet<RepoPath>;
  /** Whether the file system keeps the executable bit. */
  readonly executableBits: boolean;
  /** Where the file system does not tell names apart by case: of what the base has not, or the target, that which is really there under another name. */
  readonly aliases?: ReadonlySet<RepoPath>;
}

/** Whether what lies there is what a tree has. */
export function isVersion(entry: DiskEntry | null, { mode, id }: TreeEntry, executableBits: boolean): boolean {
  if (mode === '160000') return entry?.kind === 'directory';
  if (mode === '120000') return entry?.kind === 'link' && entry.id === id;
  return entry?.kind === 'file' && entry.id === id && (!executableBits || entry.executable === (mode === '100755'));
}
