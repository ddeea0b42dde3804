import { parentPath, type RepoPath } from '../repo-path.ts';

/** The directories that a path lies in, innermost first, without the root. */
export function ancestorsOf(path: RepoPath): RepoPath[] {
  const ancestors: RepoPath[] = [];
  for (let parent = parentPath(path); parent; parent = parentPath(parent)) ancestors.push(parent);
  return ancestors;
}
