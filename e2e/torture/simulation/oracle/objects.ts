import type { ProcessRequest } from '../../../../electron/engine/ports.ts';
import type { KeptGits } from '../kept-git.ts';

export interface Commit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
}

export interface TreeEntry {
  readonly id: string;
  readonly mode: string;
}

/** Every file, link and submodule of a tree, by its whole path as latin1. */
export type Tree = ReadonlyMap<string, TreeEntry>;

/** The commits and trees of all repositories of a world, each read once: an id means the same everywhere. */
export class Objects {
  readonly #keptGits: KeptGits;
  readonly #request: ProcessRequest;
  readonly #commits = new Map<string, Commit>();
  readonly #trees = new Map<string, Tree>();

  /** The first of the repositories must stay where it is. */
  constructor(keptGits: KeptGits, [first = '', ...others]: readonly string[]) {
    this.#keptGits = keptGits;
    const env = { PATH: process.env['PATH'] ?? '', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C', GIT_ALTERNATE_OBJECT_DIRECTORIES: others.map((repository) => `${repository}/objects`).join(':') };
    this.#request = { command: 'git', args: [`--git-dir=${first}`, 'cat-file', '--batch'], cwd: '/', env };
  }

  /** Null: it is in no repository that can be looked at just now. */
  async commit(id: string): Promise<Commit | null> {
    const known = this.#commits.get(id);
    if (known) return known;
    const read = await this.#read(id);
    if (read?.type !== 'commit') return null;
    const header = read.bytes.toString('latin1').split('\n\n', 1)[0] ?? '';
    const named = (name: string): string[] => [...header.matchAll(new RegExp(`^${name} ([0-9a-f]+)$`, 'gm'))].map(([, value = '']) => value);
    const commit = { id, tree: named('tree')[0] ?? '', parents: named('parent') };
    this.#commits.set(id, commit);
    return commit;
  }

  async tree(id: string): Promise<Tree> {
    const known = this.#trees.get(id);
    if (known) return known;
    const tree = new Map<string, TreeEntry>();
    const read = await this.#read(id);
    for (const { name, mode, id: entry } of read?.type === 'tree' ? entriesOf(read.bytes) : []) {
      if (mode !== '40000') tree.set(name, { mode, id: entry });
      else for (const [path, below] of await this.tree(entry)) tree.set(`${name}/${path}`, below);
    }
    if (read) this.#trees.set(id, tree);
    return tree;
  }

  async treeOf(commit: string): Promise<Tree> {
    const found = await this.commit(commit);
    return found ? this.tree(found.tree) : new Map<string, TreeEntry>();
  }

  /** Whether the history of one commit holds another. */
  async isAncestor(old: string, tip: string): Promise<boolean> {
    for await (const { id } of this.#history([tip])) if (id === old) return true;
    return false;
  }

  /** The newest commits of a history, so many of them. */
  async newest(tip: string, count: number): Promise<Commit[]> {
    const newest: Commit[] = [];
    for await (const commit of this.#history([tip])) if (newest.push(commit) >= count) break;
    return newest;
  }

  /** The commits that `tip` brings to what has `known` already. */
  async since(known: readonly string[], tip: string): Promise<Commit[]> {
    const had = new Set<string>();
    for await (const { id } of this.#history(known)) had.add(id);
    const added: Commit[] = [];
    for await (const commit of this.#history([tip], had)) added.push(commit);
    return added;
  }

  /** Newest first, without what is `seen`. */
  async *#history(tips: readonly string[], seen: ReadonlySet<string> = new Set()): AsyncGenerator<Commit> {
    const waiting = new Set(tips);
    for (const id of waiting) {
      const commit = seen.has(id) ? null : await this.commit(id);
      if (!commit) continue;
      yield commit;
      for (const parent of commit.parents) waiting.add(parent);
    }
  }

  async #read(id: string): Promise<{ readonly type: string; readonly bytes: Buffer } | null> {
    const answer = await this.#keptGits.ask(this.#request, Buffer.from(`${id}\n`));
    const end = answer.indexOf(0x0a);
    const [, type] = /^[0-9a-f]+ (\w+) \d+$/.exec(answer.toString('latin1', 0, end)) ?? [];
    return type === undefined ? null : { type, bytes: answer.subarray(end + 1, -1) };
  }
}

/** A tree object: mode, blank, name, zero, twenty bytes of id, again and again. */
function* entriesOf(bytes: Buffer): Generator<{ readonly name: string; readonly mode: string; readonly id: string }> {
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(0x20, at);
    const zero = bytes.indexOf(0, blank);
    yield { mode: bytes.toString('latin1', at, blank), name: bytes.toString('latin1', blank + 1, zero), id: bytes.toString('hex', zero + 1, zero + 21) };
    at = zero + 21;
  }
}
