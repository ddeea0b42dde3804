import { repoPathBytes, type RepoPath } from '../repo-path.ts';

/** Absolute path of a file of the work tree, in bytes. */
export const workTreePath = (workTree: string, path: RepoPath): Buffer => Buffer.concat([Buffer.from(`${workTree}/`), repoPathBytes(path)]);
