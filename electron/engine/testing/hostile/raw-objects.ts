import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

/** An entry of a tree: whatever mode, whatever bytes for a name (one character each), an id or what is to be stored. */
export interface RawEntry {
  readonly mode: string;
  readonly name: string;
  readonly is: string | readonly RawEntry[] | { readonly id: string };
}

/** As git orders trees: a folder as if its name ended in a slash. */
export const inOrder = (entries: readonly RawEntry[]): RawEntry[] =>
  entries.map((entry) => (isTree(entry.is) ? { ...entry, is: inOrder(entry.is) } : entry)).sort((a, b) => (key(a) < key(b) ? -1 : 1));
const isTree = (is: RawEntry['is']): is is readonly RawEntry[] => Array.isArray(is);
const key = ({ mode, name }: RawEntry): string => (/^0?40000$/.test(mode) ? `${name}/` : name);

/** Writes objects into a repository's store as no git would make them: nobody checks what a hostile peer pushes from. */
export class RawObjects {
  readonly #objects: string;

  constructor(gitDir: string) {
    this.#objects = join(gitDir, 'objects');
  }

  blob(content: string | Buffer): string {
    return this.#write('blob', Buffer.from(content));
  }

  /** Entries in the order given, twice the same name where it is given twice. */
  tree(entries: readonly RawEntry[]): string {
    return this.#write('tree', Buffer.concat(entries.map(({ mode, name, is }) => Buffer.concat([Buffer.from(`${mode} `), Buffer.from(name, 'latin1'), Buffer.from('\0'), Buffer.from(this.#id(is), 'hex')]))));
  }

  commit(tree: string, parents: readonly string[], message = 'hostile\n', author = 'mallory <m@host.invalid> 1700000000 +0000'): string {
    return this.#write('commit', Buffer.from([`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`), `author ${author}`, `committer ${author}`, '', message].join('\n')));
  }

  #id(is: RawEntry['is']): string {
    if (typeof is === 'string') return this.blob(is);
    return 'id' in is ? is.id : this.tree(is);
  }

  #write(type: string, content: Buffer): string {
    const object = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
    const id = createHash('sha1').update(object).digest('hex');
    const file = join(this.#objects, id.slice(0, 2), id.slice(2));
    mkdirSync(join(this.#objects, id.slice(0, 2)), { recursive: true });
    if (!existsSync(file)) writeFileSync(file, deflateSync(object));
    return id;
  }
}
