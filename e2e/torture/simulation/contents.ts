import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';

/** A file or link as it lies on a disk: the id that git would give its content. */
export interface Found {
  readonly id: string;
  readonly mode: '100644' | '100755' | '120000';
}

type Tree = ReadonlyMap<string, Found>;

interface Read {
  readonly stamp: string;
  readonly id: string;
  readonly atMs: number;
}

/** The system's clock ticks coarsely: within a tick a file may change again without any sign of it. */
const TICK_MS = 20;

const blobId = (bytes: Buffer): string => createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

/** Reads what lies in a machine's folder; again only what may have changed since it was last read. */
export class ContentReader {
  readonly #root: string;
  readonly #version: () => number;
  readonly #known = new Map<string, Read>();
  #lastVersion = -1;
  #lastTree: Tree = new Map();
  #lastKept: ReadonlySet<string> = new Set();

  /** `version` is another one whenever something may have been done in the folder. */
  constructor(root: string, version: () => number) {
    this.#root = root;
    this.#version = version;
  }

  /** Every file and link of the folder, by its path as latin1; neither `.git` nor what is in nested repositories, nor odd files. */
  workTree(): Tree {
    this.#read();
    return this.#lastTree;
  }

  /** Ids of everything that our own folder beside the repository keeps of people's files. */
  kept(): ReadonlySet<string> {
    this.#read();
    return this.#lastKept;
  }

  #read(): void {
    const version = this.#version();
    if (version === this.#lastVersion) return;
    this.#lastVersion = version;
    const [tree, kept] = [new Map<string, Found>(), new Map<string, Found>()];
    this.#collect(this.#root, '', tree, true);
    for (const part of ['rescue', 'apply', 'by-hand']) this.#collect(`${this.#root}/.git/lockstep/${part}`, '', kept, false);
    [this.#lastTree, this.#lastKept] = [tree, new Set([...kept.values()].map(({ id }) => id))];
  }

  #collect(root: string, below: string, found: Map<string, Found>, skipsRepositories: boolean): void {
    const names = namesIn(`${root}/${below}`);
    const isRepository = skipsRepositories && names.some((name) => name.toLowerCase() === '.git');
    if (isRepository && below !== '') return;
    for (const name of names) {
      if (isRepository && name === '.git') continue;
      const path = `${below}${name}`;
      const file = Buffer.from(`${root}/${path}`, 'latin1');
      const stat = lstatSync(file, { throwIfNoEntry: false });
      if (stat?.isDirectory()) this.#collect(root, `${path}/`, found, skipsRepositories);
      else if (stat?.isSymbolicLink()) found.set(path, { id: blobId(readlinkSync(file, 'buffer')), mode: '120000' });
      else if (stat?.isFile()) found.set(path, { id: this.#id(`${root}/${path}`, stat), mode: stat.mode & 0o100 ? '100755' : '100644' });
    }
  }

  #id(file: string, stat: Stats): string {
    const stamp = `${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
    const known = this.#known.get(file);
    if (known?.stamp === stamp && known.atMs > stat.mtimeMs + TICK_MS) return known.id;
    const read = { stamp, atMs: Date.now(), id: blobId(readFileSync(Buffer.from(file, 'latin1'))) };
    this.#known.set(file, read);
    return read.id;
  }
}

/** As latin1, sorted; none where there is no folder. */
function namesIn(directory: string): string[] {
  try {
    return readdirSync(Buffer.from(directory, 'latin1'), 'buffer').map((name) => name.toString('latin1')).sort();
  } catch {
    return [];
  }
}
