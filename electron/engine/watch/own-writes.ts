import type { Clock, Files, FileStat } from '../ports.ts';
import { baseName, joinPath, parentPath, type RepoPath } from '../repo-path.ts';
import { inParallel } from './in-parallel.ts';
import type { OwnWrites } from './watcher.ts';

/** How long after our writing an event may still be late. */
const MARK_MS = 60_000;
const MAX_MARKS = 100_000;
/** More kept-back paths than this are reported as "look at everything". */
const MAX_KEPT = 100_000;
const STATS_AT_ONCE = 16;

interface OwnWriteOptions {
  readonly clock: Clock;
  readonly files: Files;
  readonly absolute: (path: RepoPath) => Buffer;
  readonly report: (path: RepoPath | null) => void;
}

/**
 * Between the watcher and who listens to it. A mark is what a path was when we had written it; the event of a name that
 * appeared or vanished is dropped while the path is still that, whenever it comes. We link or move finished files into
 * place: content that changes in place is never ours, even when it came before the mark was taken.
 */
export class OwnWriteMarks implements OwnWrites {
  readonly #options: OwnWriteOptions;
  readonly #marks = new Map<RepoPath, { readonly stat: FileStat | null }>();
  /** Held back while we write, each with whether content changed in place. */
  readonly #kept = new Map<RepoPath, boolean>();
  #keptUnknown = false;
  #writing = 0;
  readonly #toJudge = new Set<RepoPath>();
  #judging = false;
  readonly #cancelExpiry = new Set<() => void>();

  constructor(options: OwnWriteOptions) {
    this.#options = options;
  }

  /** An event as the watcher has it; `inPlace`: not the name, its content or metadata changed. */
  seen(path: RepoPath | null, inPlace: boolean): void {
    if (this.#writing > 0) this.#keep(path, inPlace);
    else if (path !== null && !inPlace && this.#marks.has(path)) this.#judge(path);
    else this.#options.report(path);
  }

  begin(): void {
    this.#writing += 1;
  }

  async end(paths: readonly RepoPath[]): Promise<void> {
    try {
      await this.#mark(paths);
    } finally {
      this.#writing = Math.max(0, this.#writing - 1);
      if (this.#writing === 0) this.#judgeKept();
    }
  }

  close(): void {
    for (const cancel of this.#cancelExpiry) cancel();
    this.#marks.clear();
    this.#kept.clear();
    this.#toJudge.clear();
  }

  async #mark(paths: readonly RepoPath[]): Promise<void> {
    const marked = new Map<RepoPath, { readonly stat: FileStat | null }>();
    await inParallel(paths, STATS_AT_ONCE, async (path) => marked.set(path, { stat: await this.#stat(path) }));
    await inParallel(directoriesAbove(paths), STATS_AT_ONCE, async (directory) => {
      marked.set(directory, { stat: await this.#stat(directory) });
      // The watch of a directory reports what happens to the directory itself under its name, as if it were a child.
      const itself = joinPath(directory, baseName(directory));
      if (!marked.has(itself) && (await this.#stat(itself)) === null) marked.set(itself, { stat: null });
    });
    for (const [path, mark] of marked) {
      this.#marks.delete(path);
      this.#marks.set(path, mark);
    }
    this.#forgetOldest();
    const cancel = this.#options.clock.after(MARK_MS, () => {
      this.#cancelExpiry.delete(cancel);
      for (const [path, mark] of marked) if (this.#marks.get(path) === mark) this.#marks.delete(path);
    });
    this.#cancelExpiry.add(cancel);
  }

  #forgetOldest(): void {
    for (const path of this.#marks.keys()) {
      if (this.#marks.size <= MAX_MARKS) return;
      this.#marks.delete(path);
    }
  }

  #keep(path: RepoPath | null, inPlace: boolean): void {
    if (path === null || this.#kept.size >= MAX_KEPT) this.#keptUnknown = true;
    else this.#kept.set(path, inPlace || this.#kept.get(path) === true);
  }

  #judgeKept(): void {
    const kept = [...this.#kept];
    this.#kept.clear();
    if (this.#keptUnknown) this.#options.report(null);
    else for (const [path, inPlace] of kept) this.seen(path, inPlace);
    this.#keptUnknown = false;
  }

  #judge(path: RepoPath): void {
    this.#toJudge.add(path);
    if (this.#judging) return;
    this.#judging = true;
    void this.#judgeAll().finally(() => (this.#judging = false));
  }

  async #judgeAll(): Promise<void> {
    while (this.#toJudge.size > 0) {
      const paths = [...this.#toJudge];
      this.#toJudge.clear();
      await inParallel(paths, STATS_AT_ONCE, async (path) => {
        const now = await this.#stat(path);
        const mark = this.#marks.get(path);
        if (mark && isAsLeft(mark.stat, now)) return;
        this.#marks.delete(path);
        this.seen(path, false);
      });
    }
  }

  /** What cannot be looked at counts as gone: no mark of a file matches it then. */
  #stat(path: RepoPath): Promise<FileStat | null> {
    return this.#options.files.stat(this.#options.absolute(path)).catch(() => null);
  }
}

/** Every directory that one of these paths lies in, without the root. */
function directoriesAbove(paths: readonly RepoPath[]): RepoPath[] {
  const directories = new Set<RepoPath>();
  for (const path of paths) {
    for (let above = parentPath(path); above !== null && !directories.has(above); above = parentPath(above)) directories.add(above);
  }
  return [...directories];
}

function isAsLeft(left: FileStat | null, now: FileStat | null): boolean {
  if (left === null || now === null) return left === now;
  if (left.kind !== now.kind || left.inode !== now.inode || left.device !== now.device) return false;
  // Entries of a directory change its times and have events of their own.
  if (left.kind === 'directory') return true;
  return left.bytes === now.bytes && left.mode === now.mode && left.modifiedMs === now.modifiedMs && left.changedMs === now.changedMs;
}
