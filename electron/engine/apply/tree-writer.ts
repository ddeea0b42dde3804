import { systemCode } from '../errors.ts';
import type { Files, FileStat } from '../ports.ts';
import type { RepoPath } from '../repo-path.ts';
import { ancestorsOf } from './ancestors.ts';
import type { NewRunPlace } from './apply-space.ts';
import { asideFile, type Aside } from './aside.ts';
import { eachLimited } from '../each-limited.ts';
import type { Journal } from './journal.ts';
import { phaseOf, PHASES, type Operation } from './operation.ts';
import { isReachable, makeDirectoryIfMissing, makeParents } from './parents.ts';
import { atPath, LocalObstacle } from './path-trouble.ts';
import { putWithoutReplacing } from './put-without-replacing.ts';
import { workTreePath } from './work-tree-path.ts';

const PARALLEL_OPERATIONS = 16;
/** How often something may appear in the way of one path before we stop. */
const MAX_SURPRISES = 8;
/** It holds something, is gone, is a place where something is mounted, or somebody's current directory. */
const NOT_REMOVABLE = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR', 'EBUSY', 'EINVAL']);
/** No file system counts modification times more coarsely (FAT: 2 s): a later write may not show before that. */
const COARSEST_TIME_MS = 2000;

interface WriterContext {
  readonly files: Files;
  readonly workTree: string;
  readonly place: NewRunPlace;
  readonly journal: Journal;
  /** What lay there when its content was looked at. */
  readonly stats: ReadonlyMap<RepoPath, FileStat>;
}

/** Does the operations, numbered as in the journal. */
export class TreeWriter {
  readonly written: RepoPath[] = [];
  /** What was moved aside and may not be what the base says: its content must be looked at. */
  readonly suspects: Aside[] = [];
  readonly #context: WriterContext;

  constructor(context: WriterContext) {
    this.#context = context;
  }

  async run(operations: readonly Operation[], signal: AbortSignal): Promise<void> {
    const numbered = [...operations.entries()];
    for (const phase of PHASES) {
      const limit = phase === 'take-away' || phase === 'place-files' ? PARALLEL_OPERATIONS : 1;
      const ofPhase = numbered.filter(([, operation]) => phaseOf(operation) === phase);
      await eachLimited(ofPhase, limit, async ([n, operation]) => {
        signal.throwIfAborted();
        await atPath(operation.path, () => this.#do(n, operation));
      });
    }
    await this.#flushDirectories(operations);
  }

  /** Or a power failure could undo some of it after the branch has moved: that would look like edits of the person. */
  async #flushDirectories(operations: readonly Operation[]): Promise<void> {
    const { files, workTree } = this.#context;
    const touched = new Set(operations.flatMap(({ path }) => ancestorsOf(path)));
    await eachLimited([workTree, ...[...touched].map((path) => workTreePath(workTree, path))], PARALLEL_OPERATIONS, async (directory) => {
      if ((await files.stat(directory))?.kind === 'directory' && (await files.isReadable(directory, 'directory'))) await files.syncDirectory(directory);
    });
  }

  async #do(n: number, operation: Operation): Promise<void> {
    const { path } = operation;
    switch (operation.do) {
      case 'rescue':
      case 'copy-beside':
        return this.#moveAside(path, String(n), null);
      case 'remove':
        await this.#moveAside(path, String(n), this.#context.stats.get(path) ?? null);
        break;
      case 'remove-directory':
        return this.#removeDirectoryIfEmpty(path);
      case 'make-directory':
        return this.#makeDirectory(path);
      case 'set-mode':
        await this.#setMode(path, operation.executable);
        break;
      case 'place':
        await this.#place(operation, n);
        break;
    }
    this.written.push(path);
  }

  async #place({ path, before, after }: Operation & { do: 'place' }, n: number): Promise<void> {
    const { files, workTree, place, stats } = this.#context;
    await this.#makeParents(path);
    if (before) await this.#moveAside(path, String(n), stats.get(path) ?? null);
    const staged = { kind: after.mode === '120000' ? ('link' as const) : ('file' as const), mode: after.mode === '100755' ? 0o777 : 0o666 };
    for (let surprise = 1; surprise <= MAX_SURPRISES; surprise++) {
      if ((await putWithoutReplacing(files, `${place.stage}/${n}`, workTreePath(workTree, path), staged)) === 'put') return;
      await this.#moveAside(path, `${n}.${surprise}`, null);
    }
    throw new LocalObstacle(path);
  }

  /**
   * `expected`: what lay there when its content was looked at. Where that may have changed since, or null, the content
   * of what was moved is to be looked at. A name that is gone by now has nothing to be moved.
   */
  async #moveAside(path: RepoPath, name: string, expected: FileStat | null): Promise<void> {
    const { files, workTree, place, journal } = this.#context;
    if (!(await isReachable(files, workTree, path))) return;
    const file = asideFile(place, name);
    try {
      await files.rename(workTreePath(workTree, path), file);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return;
      throw error;
    }
    const entry = journal.entries[Number.parseInt(name, 10)];
    if (entry && !this.#isStill(expected, await files.stat(file))) this.suspects.push({ name, file, entry });
  }

  /** A write that is too close to our look to show in the modification time counts as one. */
  #isStill(expected: FileStat | null, moved: FileStat | null): boolean {
    if (!expected || moved?.inode !== expected.inode || moved.kind !== expected.kind) return false;
    const longAgo = expected.modifiedMs < this.#context.place.madeMs - COARSEST_TIME_MS;
    return longAgo && moved.modifiedMs === expected.modifiedMs && moved.bytes === expected.bytes;
  }

  async #makeParents(path: RepoPath): Promise<void> {
    const obstacle = await makeParents(this.#context.files, this.#context.workTree, path);
    if (obstacle) throw new LocalObstacle(obstacle);
  }

  async #makeDirectory(path: RepoPath): Promise<void> {
    await this.#makeParents(path);
    if (!(await makeDirectoryIfMissing(this.#context.files, this.#context.workTree, path))) throw new LocalObstacle(path);
  }

  async #removeDirectoryIfEmpty(path: RepoPath): Promise<void> {
    const { files, workTree } = this.#context;
    if (!(await isReachable(files, workTree, path))) return;
    try {
      await files.removeDirectory(workTreePath(workTree, path));
    } catch (error) {
      if (!NOT_REMOVABLE.has(systemCode(error) ?? '')) throw error;
    }
  }

  /** In place: it changes no byte, and nobody who has the file open minds. */
  async #setMode(path: RepoPath, executable: boolean): Promise<void> {
    const { files, workTree, stats } = this.#context;
    const file = workTreePath(workTree, path);
    const stat = (await isReachable(files, workTree, path)) ? await files.stat(file) : null;
    if (stat?.kind !== 'file' || stat.inode !== stats.get(path)?.inode) throw new LocalObstacle(path);
    await files.setMode(file, executable ? stat.mode | ((stat.mode & 0o444) >> 2) : stat.mode & ~0o111);
  }
}
