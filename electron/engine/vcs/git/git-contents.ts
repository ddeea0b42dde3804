import { createHash } from 'node:crypto';
import { LockstepError } from '../../errors.ts';
import { displayPath, repoPathBytes, type RepoPath } from '../../repo-path.ts';
import { ByteReader } from '../byte-reader.ts';
import type { FileMode, ObjectId, TreeEntry, WorkTreeContent } from '../vcs.ts';
import { attributesFor, convertedPaths, type AttributeSource } from './git-attributes.ts';
import type { GitObjects } from './git-objects.ts';
import type { GitRepository } from './git-repository.ts';

interface Wanted {
  readonly path: RepoPath;
  readonly entry: TreeEntry;
}

/** Contents as the work tree should have them, in the order asked, one at a time. */
export async function* contents(repository: GitRepository, objects: GitObjects, entries: readonly Wanted[], signal: AbortSignal): AsyncIterable<WorkTreeContent> {
  const files = entries.filter(({ entry }) => entry.mode !== '160000');
  const source = await attributesFor(repository, objects, files);
  const regular = files.filter(({ entry }) => entry.mode !== '120000').map(({ path }) => path);
  const converted = await convertedPaths(repository, regular, source, signal);
  const filtered = converted.size > 0 ? await FilteredContents.start(repository, source) : null;
  try {
    for (const { path, entry } of files) {
      if (signal.aborted) throw new LockstepError('cancelled');
      const bytes = filtered && converted.has(path) && entry.mode !== '120000' ? await filtered.read(path, entry.id, signal) : await objects.blob(entry.id);
      yield { path, entry, bytes };
    }
  } finally {
    await filtered?.close();
  }
}

/**
 * `git cat-file --batch --filters`, kept for one round of questions. Its headers give the size before the filters, so
 * an answer is known to end where that to the next question begins: the one for a name that no object has, drawn by
 * lot, which no content can hold.
 */
class FilteredContents {
  readonly #running: ReturnType<GitRepository['runner']['start']>;
  readonly #end: (() => Promise<void>);
  readonly #reader: ByteReader;
  readonly #mark: string;

  private constructor(repository: GitRepository, running: ReturnType<GitRepository['runner']['start']>) {
    this.#running = running;
    this.#end = () => repository.runner.end(running);
    this.#reader = new ByteReader(running.stdout);
    this.#mark = `no-object-${repository.ports.random.bytes(16).toString('hex')}`;
    running.stdin.on('error', () => undefined);
    running.stderr.resume();
    running.ended.catch(() => undefined);
  }

  static async start(repository: GitRepository, source: AttributeSource): Promise<FilteredContents> {
    return new FilteredContents(repository, repository.runner.start(await repository.request(['cat-file', '--batch=%(objecttype)', '--filters', '-z'], source)));
  }

  async read(path: RepoPath, id: ObjectId, signal: AbortSignal): Promise<Buffer> {
    const stop = (): void => void this.#end();
    signal.addEventListener('abort', stop, { once: true });
    try {
      this.#running.stdin.write(Buffer.concat([Buffer.from(`${id} `), repoPathBytes(path), Buffer.from(`\0${this.#mark} x\0`)]));
      const type = (await this.#reader.line()).toString('latin1');
      if (type !== 'blob') throw new LockstepError('damaged-repository', { detail: `blob ${id} is missing`, path: displayPath(path) });
      return await this.#reader.until(Buffer.from(`\n${this.#mark} missing\n`));
    } catch (error) {
      if (signal.aborted) throw new LockstepError('cancelled', {}, { cause: error });
      if (error instanceof LockstepError) throw error;
      throw new LockstepError('damaged-repository', { detail: `the filters of ${displayPath(path)} failed`, path: displayPath(path) }, { cause: error });
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async close(): Promise<void> {
    this.#running.stdin.end();
    await this.#end();
  }
}

const PARALLEL_READS = 8;
const READ_WHOLE_BYTES = 1024 * 1024;

/** A file that lies anywhere, to be seen as if it lay at `path`. */
export interface Seen {
  readonly path: RepoPath;
  readonly file: Buffer;
  readonly mode: FileMode;
}

/** The ids that files would have if they were added as the given paths. */
export async function identify(repository: GitRepository, files: readonly Seen[], signal: AbortSignal): Promise<readonly ObjectId[]> {
  const regular = files.filter(({ mode }) => mode !== '120000').map(({ path }) => path);
  const converted = await convertedPaths(repository, regular, {}, signal);
  const algorithm = (await repository.configValue('extensions.objectformat')) === 'sha256' ? 'sha256' : 'sha1';
  const idOf = async (seen: Seen): Promise<ObjectId> => {
    if (seen.mode === '120000') return blobId(algorithm, await repository.ports.files.readLink(seen.file));
    return converted.has(seen.path) ? filteredId(repository, seen, signal) : plainId(repository, algorithm, seen.file);
  };
  const ids: ObjectId[] = [];
  while (ids.length < files.length) {
    if (signal.aborted) throw new LockstepError('cancelled');
    ids.push(...(await Promise.all(files.slice(ids.length, ids.length + PARALLEL_READS).map(idOf))));
  }
  return ids;
}

const blobId = (algorithm: string, bytes: Buffer): ObjectId => createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

/** A large one is streamed: it may not fit into memory. One that grows meanwhile gets an id that nothing else has, and so counts as changed. */
async function plainId({ ports }: GitRepository, algorithm: string, file: Buffer): Promise<ObjectId> {
  const stat = await ports.files.stat(file);
  if (stat && stat.bytes <= READ_WHOLE_BYTES) return blobId(algorithm, await ports.files.read(file));
  const hash = createHash(algorithm).update(`blob ${stat?.bytes ?? 0}\0`);
  for await (const chunk of ports.files.openRead(file) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

async function filteredId(repository: GitRepository, { path, file }: Seen, signal: AbortSignal): Promise<ObjectId> {
  const stdin = await repository.ports.files.read(file);
  // Arguments are text. Of a name that is none, the stray bytes are replaced: the patterns of attributes rarely turn on them.
  return (await repository.output(['hash-object', '--stdin', `--path=${repoPathBytes(path).toString('utf8')}`], { stdin, signal })).toString('latin1').trim();
}

/** Writes bytes as a blob, unfiltered. */
export const writeBlob = async (repository: GitRepository, bytes: Buffer): Promise<ObjectId> =>
  (await repository.output(['hash-object', '-w', '--stdin', '--no-filters'], { stdin: bytes })).toString('latin1').trim();
