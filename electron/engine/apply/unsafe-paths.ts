import { repoPathBytes, type RepoPath } from '../repo-path.ts';
import type { TreeChange } from '../vcs/vcs.ts';
import { ancestorsOf } from './ancestors.ts';

/** What staging is called where it must lie in the work tree; nothing incoming may have that name. */
export const STAGING_IN_WORK_TREE = '.lockstep-staging';

/** Code points that HFS+ leaves out when it compares names (git: `next_hfs_char` in utf8.c). */
const HFS_IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;

/**
 * A name that some file system takes for the repository's own directory: any case, NTFS' short form, its trailing
 * dots, spaces and streams (git: `is_ntfs_dotgit` in path.c), HFS+'s ignored code points.
 */
const REPOSITORY_DIRECTORY = /^(?:\.git|git~1|\.hg|hg~1)[ .]*(?::.*)?$/is;

/** Whether writing to this path could land outside the work tree, in the repository's own data, or in our staging. */
export function isUnsafePath(path: RepoPath): boolean {
  if (path === '' || path.includes('\0')) return true;
  const text = repoPathBytes(path).toString('utf8').replace(HFS_IGNORED, '');
  if (text.split('/')[0]?.toLowerCase() === STAGING_IN_WORK_TREE) return true;
  if (path.split('/').some((component) => component === '' || component === '.' || component === '..')) return true;
  // A backslash separates on Windows, where `a\.git\config` would be one of the repository's files.
  return text.split(/[/\\]/).some((component) => REPOSITORY_DIRECTORY.test(component));
}

/** The upper part of a path that ends in its first unsafe name; null: it is safe. */
export function unsafePart(path: RepoPath): RepoPath | null {
  if (!isUnsafePath(path)) return null;
  return ancestorsOf(path).filter(isUnsafePath).sort((a, b) => a.length - b.length)[0] ?? path;
}

/**
 * The first path that a well-made tree cannot have: an unsafe one, one that comes twice, or one below another that is
 * a file or a link (a link would lead whatever is below it to anywhere). Null: none.
 */
export function findUnsafeChange(changes: readonly TreeChange[]): RepoPath | null {
  const seen = new Set<RepoPath>();
  const leaves = new Set<RepoPath>();
  for (const { path, after } of changes) {
    if (seen.has(path) || isUnsafePath(path)) return path;
    seen.add(path);
    if (after) leaves.add(path);
  }
  for (const path of leaves) {
    if (ancestorsOf(path).some((ancestor) => leaves.has(ancestor))) return path;
  }
  return null;
}
