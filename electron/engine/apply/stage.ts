import type { Files, FileStat } from '../ports.ts';
import type { RepoPath } from '../repo-path.ts';
import type { WorkTreeContent } from '../vcs/vcs.ts';
import type { ApplierVcs } from './applier.ts';
import type { RunPlace } from './apply-space.ts';
import type { Operation } from './operation.ts';
import { asTrouble, atPath, PathTrouble } from './path-trouble.ts';

const PARALLEL_WRITES = 16;
const MAX_BYTES_IN_FLIGHT = 64 * 1024 * 1024;

interface Staging {
  readonly files: Files;
  readonly vcs: ApplierVcs;
  readonly place: RunPlace;
  readonly stats: ReadonlyMap<RepoPath, FileStat>;
}

/** Writes the new content of every operation that places something to `stage/<n>`, and flushes it to the disk. */
export async function stageContents({ files, vcs, place, stats }: Staging, operations: readonly Operation[], signal: AbortSignal): Promise<void> {
  const wanted = [...operations.entries()].flatMap(([n, operation]) => (operation.do === 'place' ? [{ n, path: operation.path, entry: operation.after }] : []));
  if (wanted.length === 0) return;
  const writes = new BoundedWrites();
  let arrived = 0;
  try {
    for await (const content of vcs.contents(wanted, signal)) {
      signal.throwIfAborted();
      const next = wanted[arrived++];
      if (next?.path !== content.path) throw new Error(`contents came out of order: ${JSON.stringify(content.path)}`);
      await writes.begin(content.bytes.length, () => atPath(next.path, () => writeStaged(files, `${place.stage}/${next.n}`, content, stats.get(next.path))));
    }
  } catch (error) {
    await writes.ended();
    const path = wanted[arrived]?.path;
    throw path === undefined ? error : asTrouble(error, path);
  }
  await writes.ended();
  writes.throwFirst();
  const missing = wanted[arrived];
  if (missing) throw new PathTrouble('damaged-repository', missing.path);
}

/** A file that is replaced keeps who may read and write it: content must not become public on its way. */
async function writeStaged(files: Files, to: string, { path, entry, bytes }: WorkTreeContent, present: FileStat | undefined): Promise<void> {
  if (entry.mode === '120000') {
    if (bytes.length === 0 || bytes.includes(0)) throw new PathTrouble('unsupported-file', path);
    await files.symlink(bytes, to);
    return;
  }
  const access = present?.kind === 'file' ? present.mode & 0o666 : 0o666;
  const mode = entry.mode === '100755' ? access | ((access & 0o444) >> 2) : access;
  await files.create(to, bytes, { mode, sync: true });
}

/** Writes that run at once, few enough in number and in bytes that memory stays small. */
class BoundedWrites {
  readonly #running = new Set<Promise<void>>();
  readonly #errors: unknown[] = [];
  #bytes = 0;

  async begin(bytes: number, write: () => Promise<void>): Promise<void> {
    while (this.#running.size >= PARALLEL_WRITES || (this.#running.size > 0 && this.#bytes + bytes > MAX_BYTES_IN_FLIGHT)) await Promise.race(this.#running);
    this.throwFirst();
    this.#bytes += bytes;
    const running = write()
      .catch((error: unknown) => void this.#errors.push(error))
      .finally(() => {
        this.#bytes -= bytes;
        this.#running.delete(running);
      });
    this.#running.add(running);
  }

  async ended(): Promise<void> {
    await Promise.all(this.#running);
  }

  throwFirst(): void {
    if (this.#errors.length > 0) throw this.#errors[0];
  }
}
