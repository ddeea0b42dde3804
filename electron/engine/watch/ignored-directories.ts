import type { Log } from '../ports.ts';
import { baseName, displayPath, type RepoPath } from '../repo-path.ts';
import type { Vcs } from '../vcs/vcs.ts';

/** Asks which of these directories need not be entered. */
export type Prune = (directories: readonly RepoPath[]) => Promise<ReadonlySet<RepoPath>>;

/** Data of a version-control system, at any depth: never part of a work tree. */
export const isRepositoryData = (name: string): boolean => name === '.git' || name === '.hg';

/** Files that decide what is ignored: a change of one may change what has to be watched. */
export const isIgnoreFile = (path: RepoPath): boolean => baseName(path) === '.gitignore' || baseName(path) === '.hgignore';

/** `Vcs.ignored` for directories. When it fails they are all watched: too many hints do no harm, too few would. */
export const ignoredDirectories =
  (ignored: Vcs['ignored'], log: Log): Prune =>
  async (directories) => {
    try {
      return await ignored(directories.map((path) => ({ path, directory: true })));
    } catch (error) {
      log.warn('watch: cannot tell ignored directories', { first: directories[0] && displayPath(directories[0]), count: directories.length, error });
      return new Set();
    }
  };
