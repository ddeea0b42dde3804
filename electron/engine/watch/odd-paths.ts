import { baseName, joinPath, parentPath, type RepoPath } from '../repo-path.ts';
import { ROOT } from './directory-tree.ts';

/** Fifos, sockets and devices, by the directory that they lie in: no status tells of them. */
export class OddPaths {
  readonly #byDirectory = new Map<RepoPath, Set<string>>();

  /** What a directory holds of them, all of it. */
  setAll(directory: RepoPath, names: readonly string[]): void {
    if (names.length === 0) this.#byDirectory.delete(directory);
    else this.#byDirectory.set(directory, new Set(names));
  }

  /** One path; true: it is one and was not known. */
  set(path: RepoPath, isOdd: boolean): boolean {
    const directory = parentPath(path) ?? ROOT;
    const names = this.#byDirectory.get(directory);
    const isNew = isOdd && !names?.has(baseName(path));
    if (isNew) this.#byDirectory.set(directory, new Set([...(names ?? []), baseName(path)]));
    if (!isOdd && names?.delete(baseName(path)) && names.size === 0) this.#byDirectory.delete(directory);
    return isNew;
  }

  /** Sorted; of directories that are no longer watched, nothing is known. */
  within(isWatched: (directory: RepoPath) => boolean): RepoPath[] {
    const watched = [...this.#byDirectory].filter(([directory]) => isWatched(directory));
    return watched.flatMap(([directory, names]) => [...names].map((name) => joinPath(directory, name))).sort();
  }
}
