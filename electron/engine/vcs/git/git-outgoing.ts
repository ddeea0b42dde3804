import { LockstepError } from '../../errors.ts';
import type { RepoPath } from '../../repo-path.ts';
import type { ObjectId, OutgoingCommit, TreeEntry } from '../vcs.ts';
import type { GitParts } from './git-commit.ts';
import type { GitRepository } from './git-repository.ts';
import { treeFrom } from './git-scratch.ts';
import { parseRawChange } from './object-format.ts';

/** A first push has the whole history before it. */
const MOST_OUTPUT_BYTES = 512 * 1024 * 1024;

/** Commits up to `tip` that a remote (null: any remote) does not have, as far as is known here; parents first. */
export async function outgoing(repository: GitRepository, tip: ObjectId, { remote, known }: { readonly remote: string | null; readonly known: readonly ObjectId[] }, signal: AbortSignal): Promise<readonly OutgoingCommit[]> {
  const there = [remote === null ? '--remotes' : `--remotes=${remote}`, ...known];
  const listed = await repository.output(['rev-list', '--topo-order', '--reverse', '--parents', tip, '--not', ...there, '--'], { signal, maxOutputBytes: MOST_OUTPUT_BYTES });
  const commits = listed.toString('latin1').split('\n').filter(Boolean).map((line) => line.split(' '));
  if (commits.length === 0) return [];
  const parser = new OutgoingParser();
  const stdin = commits.map(([id = '']) => `${id}\n`).join('');
  // A merge comes once for each parent: what differs from all of them is its own.
  await repository.output(['diff-tree', '--stdin', '-r', '-z', '--raw', '--no-renames', '--full-index', '--root', '-m'], { stdin, signal, onOutput: (chunk) => parser.push(chunk) });
  return commits.map(([id = '', ...parents]) => ({ id, parents, changes: parser.changesOf(id, Math.max(1, parents.length)) }));
}

type Changed = Map<RepoPath, { after: TreeEntry; befores: (TreeEntry | null)[] }>;

const noChanges = (): Changed => new Map();

class OutgoingParser {
  readonly #commits = new Map<ObjectId, Changed>();
  #present: Changed = new Map();
  #rest = '';
  #header: string | null = null;

  push(chunk: Buffer): void {
    const fields = (this.#rest + chunk.toString('latin1')).split('\0');
    this.#rest = fields.pop() ?? '';
    for (const field of fields) this.#take(field);
  }

  changesOf(id: ObjectId, parents: number): OutgoingCommit['changes'] {
    const changed = this.#commits.get(id) ?? noChanges();
    return [...changed].flatMap(([path, { after, befores }]) => (befores.length === parents ? [{ path, after, befores }] : []));
  }

  #take(field: string): void {
    if (this.#header !== null) {
      const { path, before, after } = parseRawChange(this.#header, field as RepoPath);
      this.#header = null;
      if (!after) return;
      const known = this.#present.get(path);
      if (known) known.befores.push(before);
      else this.#present.set(path, { after, befores: [before] });
    } else if (field.startsWith(':')) this.#header = field.slice(1);
    else {
      this.#present = this.#commits.get(field) ?? noChanges();
      this.#commits.set(field, this.#present);
    }
  }
}

/** Sizes in bytes of objects; those that are missing are left out. */
export async function blobSizes(repository: GitRepository, ids: readonly ObjectId[], signal: AbortSignal): Promise<ReadonlyMap<ObjectId, number>> {
  if (ids.length === 0) return new Map();
  const output = await repository.output(['cat-file', '--batch-check=%(objectname) %(objectsize)', '--buffer'], { stdin: ids.map((id) => `${id}\n`).join(''), signal, maxOutputBytes: MOST_OUTPUT_BYTES });
  const lines = output.toString('latin1').split('\n').map((line) => line.split(' '));
  return new Map(lines.flatMap(([id, size]) => (id && size && /^\d+$/.test(size) ? [[id, Number(size)]] : [])));
}

/**
 * The same commit on other parents and with other entries at some paths; null: gone. Author, dates and message stay as they
 * are; a signature would be wrong, and goes. Written, but not on any ref.
 */
export async function rewriteCommit({ repository, objects }: GitParts, id: ObjectId, { parents, entries }: { readonly parents: readonly ObjectId[]; readonly entries: ReadonlyMap<RepoPath, TreeEntry | null> }, signal: AbortSignal): Promise<ObjectId> {
  const object = await objects.read(Buffer.from(id));
  if (object?.type !== 'commit') throw new LockstepError('damaged-repository', { detail: `commit ${id} is missing` });
  const text = object.bytes.toString('latin1');
  const end = text.indexOf('\n\n');
  const tree = await treeFrom(repository, (await objects.commit(id)).tree, entries, signal);
  const kept = headerFields(text.slice(0, end)).filter(({ name }) => !REPLACED.has(name)).map(({ field }) => field);
  const header = [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`), ...kept].join('\n');
  const content = Buffer.from(`${header}${text.slice(end)}`, 'latin1');
  return (await repository.output(['hash-object', '-t', 'commit', '-w', '--stdin'], { stdin: content, signal })).toString('latin1').trim();
}

const REPLACED = new Set(['tree', 'parent', 'gpgsig', 'gpgsig-sha256', 'mergetag']);

/** A field goes on in the lines that begin with a space. */
const headerFields = (header: string): { name: string; field: string }[] => header.split(/\n(?! )/).map((field) => ({ name: field.slice(0, field.indexOf(' ')), field }));
