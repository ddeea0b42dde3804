import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A file or link as it lies on a disk: the id that git would give its content. */
export interface Found {
  readonly id: string;
  readonly mode: '100644' | '100755' | '120000';
}

const blobId = (bytes: Buffer): string => createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

/** Reads what lies in folders, again only what changed since it was last read. */
export class ContentReader {
  readonly #known = new Map<string, { readonly stamp: string; readonly id: string }>();

  /** Every file and link below a folder, by its path as latin1; neither `.git` nor what is in nested repositories, nor odd files. */
  workTree(root: string): Map<string, Found> {
    const found = new Map<string, Found>();
    this.#collect(root, '', found, true);
    return found;
  }

  /** Ids of everything that our own folder beside the repository keeps of people's files. */
  kept(root: string): Set<string> {
    const found = new Map<string, Found>();
    for (const part of ['rescue', 'apply', 'by-hand']) this.#collect(`${root}/.git/lockstep/${part}`, '', found, false);
    return new Set([...found.values()].map(({ id }) => id));
  }

  /** In place and within one tick of the system's clock, a change need not show: after somebody was at work here, everything is read. */
  forget(root: string): void {
    for (const file of [...this.#known.keys()]) if (file.startsWith(`${root}/`)) this.#known.delete(file);
  }

  #collect(root: string, below: string, found: Map<string, Found>, skipsRepositories: boolean): void {
    for (const name of namesIn(`${root}/${below}`)) {
      const path = `${below}${name}`;
      if (skipsRepositories && name.toLowerCase() === '.git') {
        if (below === '') continue;
        for (const other of [...found.keys()]) if (other.startsWith(below)) found.delete(other);
        return;
      }
      const stat = lstatSync(Buffer.from(`${root}/${path}`, 'latin1'), { throwIfNoEntry: false });
      if (stat?.isDirectory()) this.#collect(root, `${path}/`, found, skipsRepositories);
      else if (stat?.isSymbolicLink()) found.set(path, { id: blobId(readlinkSync(Buffer.from(`${root}/${path}`, 'latin1'), 'buffer')), mode: '120000' });
      else if (stat?.isFile()) found.set(path, { id: this.#id(`${root}/${path}`, `${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`), mode: stat.mode & 0o100 ? '100755' : '100644' });
    }
  }

  #id(file: string, stamp: string): string {
    const known = this.#known.get(file);
    if (known?.stamp === stamp) return known.id;
    const id = blobId(readFileSync(Buffer.from(file, 'latin1')));
    this.#known.set(file, { stamp, id });
    return id;
  }
}

/** As latin1; none where there is no folder. */
function namesIn(directory: string): string[] {
  try {
    return readdirSync(Buffer.from(directory, 'latin1'), 'buffer').map((name) => name.toString('latin1')).sort();
  } catch {
    return [];
  }
}
