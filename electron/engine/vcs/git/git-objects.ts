import { LockstepError } from '../../errors.ts';
import { baseName, parentPath, repoPathBytes, type RepoPath } from '../../repo-path.ts';
import type { ByteReader } from '../byte-reader.ts';
import { KeptProcess } from '../kept-process.ts';
import type { ObjectId, TreeEntry } from '../vcs.ts';
import type { GitRepository } from './git-repository.ts';
import { fileMode, parseCommit, parseTree, type CommitObject } from './object-format.ts';

interface GitObject {
  readonly id: ObjectId;
  readonly type: string;
  readonly bytes: Buffer;
}

/** Objects by a kept `git cat-file --batch`: a tenth of a millisecond each instead of a process. */
export class GitObjects {
  readonly #kept: KeptProcess;

  constructor(repository: GitRepository) {
    this.#kept = new KeptProcess(repository.runner, repository.ports.clock, () => repository.request(['cat-file', '--batch', '-z']));
  }

  /** By id, or by a name that git resolves (`COMMIT^{commit}`, `COMMIT:PATH`); null: there is none. */
  async read(name: Buffer): Promise<GitObject | null> {
    if (name.includes(0) || name.length === 0) return null;
    return this.#kept.ask(Buffer.concat([name, Buffer.from([0])]), (reader) => readObject(reader, name));
  }

  async blob(id: ObjectId): Promise<Buffer> {
    const object = await this.read(Buffer.from(id));
    if (object?.type !== 'blob') throw new LockstepError('damaged-repository', { detail: `blob ${id} is missing` });
    return object.bytes;
  }

  /** A commit by anything that names one. Null: none. */
  async findCommit(name: string): Promise<(CommitObject & { readonly id: ObjectId }) | null> {
    const object = await this.read(Buffer.from(`${name}^{commit}`));
    return object && { id: object.id, ...parseCommit(object.bytes) };
  }

  async commit(id: ObjectId): Promise<CommitObject & { readonly id: ObjectId }> {
    const commit = await this.findCommit(id);
    if (!commit) throw new LockstepError('damaged-repository', { detail: `commit ${id} is missing` });
    return commit;
  }

  /** What lies at a path in a commit or tree; null: nothing, or a directory. */
  async entryAt(treeish: ObjectId, path: RepoPath): Promise<TreeEntry | null> {
    const parent = parentPath(path);
    const tree = await this.read(Buffer.concat([Buffer.from(`${treeish}:`), parent ? repoPathBytes(parent) : Buffer.alloc(0)]));
    if (tree?.type !== 'tree') return null;
    const found = parseTree(tree.bytes, tree.id.length / 2).find(({ name }) => name === baseName(path));
    return found && found.mode !== '40000' ? { mode: fileMode(found.mode), id: found.id } : null;
  }

  close(): Promise<void> {
    return this.#kept.close();
  }
}

/** `<id> <type> <size>` LF content LF, or the name as asked and `missing` (or `ambiguous`). */
async function readObject(reader: ByteReader, name: Buffer): Promise<GitObject | null> {
  let line = await reader.line();
  // A name with line feeds comes back with them.
  for (let feeds = name.filter((byte) => byte === 0x0a).length; feeds > 0 && !isHeader(line); feeds--) line = await reader.line();
  const header = /^([0-9a-f]+) (\w+) (\d+)$/.exec(line.toString('latin1'));
  if (!header) return null;
  const [, id = '', type = '', size = ''] = header;
  const bytes = await reader.bytes(Number(size));
  await reader.bytes(1);
  return { id, type, bytes };
}

const isHeader = (line: Buffer): boolean => /^[0-9a-f]{40,64} \w+ \d+$/.test(line.toString('latin1'));
