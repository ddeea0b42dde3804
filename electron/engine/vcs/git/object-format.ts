import { repoPathFromBytes, type RepoPath } from '../../repo-path.ts';
import type { FileMode, ObjectId, TreeChange, TreeEntry } from '../vcs.ts';

/** The parts of a commit that the engine needs. */
export interface CommitObject {
  readonly tree: ObjectId;
  readonly parents: readonly ObjectId[];
  readonly author: string;
  /** Seconds since 1970. */
  readonly committedAt: number;
  readonly message: string;
}

/** Reads a commit object's bytes. */
export function parseCommit(bytes: Buffer): CommitObject {
  const text = bytes.toString('utf8');
  const end = text.indexOf('\n\n');
  const header = (end < 0 ? text : text.slice(0, end)).split('\n');
  const all = (name: string): string[] => header.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const stamp = /> (-?\d+) [+-]\d+$/.exec(all('committer')[0] ?? '');
  return {
    tree: all('tree')[0] ?? '',
    parents: all('parent'),
    author: /^(.*?) ?</.exec(all('author')[0] ?? '')?.[1] ?? '',
    committedAt: Number(stamp?.[1] ?? 0),
    message: end < 0 ? '' : text.slice(end + 2),
  };
}

/** One entry of a tree object; directories are there as such. */
interface RawTreeEntry {
  readonly name: string;
  readonly mode: string;
  readonly id: ObjectId;
}

/** Reads a tree object's bytes: `mode SP name NUL id`, the id as long as the repository's hash is. */
export function parseTree(bytes: Buffer, idBytes: number): RawTreeEntry[] {
  const entries: RawTreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, space);
    const mode = bytes.toString('latin1', at, space);
    entries.push({ mode, name: bytes.toString('latin1', space + 1, end), id: bytes.toString('hex', end + 1, end + 1 + idBytes) });
    at = end + 1 + idBytes;
  }
  return entries;
}

/** Old trees know modes such as 100664; everything that is not there counts as one of the four that are written now. */
export function fileMode(mode: string): FileMode {
  if (mode === '120000' || mode === '160000') return mode;
  return (Number.parseInt(mode, 8) & 0o100) !== 0 ? '100755' : '100644';
}

/** Reads `diff-tree -r -z --raw --no-renames --full-index`, chunk by chunk. */
export class RawDiffParser {
  readonly changes: TreeChange[] = [];
  #rest = '';
  #header: string | null = null;

  push(chunk: Buffer): void {
    const fields = (this.#rest + chunk.toString('latin1')).split('\0');
    this.#rest = fields.pop() ?? '';
    for (const field of fields) {
      if (this.#header === null) {
        // Of a single commit, its id comes first.
        if (field.startsWith(':')) this.#header = field.slice(1);
      } else {
        this.changes.push(parseRawChange(this.#header, field as RepoPath));
        this.#header = null;
      }
    }
  }
}

/** The fields before the path, without their colon. */
export function parseRawChange(header: string, path: RepoPath): TreeChange {
  const [beforeMode = '', afterMode = '', before = '', after = ''] = header.split(' ');
  return { path, before: entry(beforeMode, before), after: entry(afterMode, after) };
}

const entry = (mode: string, id: ObjectId): TreeEntry | null => (mode === '000000' ? null : { mode: fileMode(mode), id });

/** Lines for `update-index -z --index-info`: an entry, or the removal of one. */
export function indexInfo(entries: Iterable<readonly [path: RepoPath, entry: TreeEntry | null]>, nullId: string): Buffer {
  const lines: string[] = [];
  for (const [path, entry] of entries) lines.push(entry ? `${entry.mode} ${entry.id}\t${path}\0` : `0 ${nullId}\t${path}\0`);
  return Buffer.from(lines.join(''), 'latin1');
}

/** NUL-terminated names. */
export const splitNames = (output: Buffer): RepoPath[] => {
  const names = output.toString('latin1').split('\0');
  names.pop();
  return names.map((name) => repoPathFromBytes(Buffer.from(name, 'latin1')));
};
