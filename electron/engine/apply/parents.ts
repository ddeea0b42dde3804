import { systemCode } from '../errors.ts';
import type { Files } from '../ports.ts';
import type { RepoPath } from '../repo-path.ts';
import { ancestorsOf } from './ancestors.ts';
import { workTreePath } from './work-tree-path.ts';

/**
 * Makes the directories that a path lies in where they are missing. Looks at every component itself, and never goes
 * through a link: gives the first that is there and no directory, or null when all are directories.
 */
export async function makeParents(files: Files, workTree: string, path: RepoPath): Promise<RepoPath | null> {
  for (const ancestor of ancestorsOf(path).reverse()) {
    if (!(await makeDirectoryIfMissing(files, workTree, ancestor))) return ancestor;
  }
  return null;
}

/** False: something else is there. */
export async function makeDirectoryIfMissing(files: Files, workTree: string, path: RepoPath): Promise<boolean> {
  const directory = workTreePath(workTree, path);
  const stat = await files.stat(directory);
  if (stat) return stat.kind === 'directory';
  try {
    await files.makeDirectory(directory, 0o777);
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    return (await files.stat(directory))?.kind === 'directory';
  }
}

/** Whether a path lies below real directories only; otherwise nothing of ours is there, and what seems to be is somewhere else. */
export async function isReachable(files: Files, workTree: string, path: RepoPath): Promise<boolean> {
  for (const ancestor of ancestorsOf(path).reverse()) {
    if ((await files.stat(workTreePath(workTree, ancestor)))?.kind !== 'directory') return false;
  }
  return true;
}
