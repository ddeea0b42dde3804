import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from './world.ts';

interface Content {
  readonly path: string;
  /** As git names it: so it can be asked whether any ref leads to it. */
  readonly id: string;
}

const blobId = (bytes: Buffer): string => createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

/** Files and links below a folder; `.git` is left out. */
export function contentsIn(folder: string): Content[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => {
    const file = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === '.git' ? [] : contentsIn(file).map(({ path, id }) => ({ path: join(entry.name, path), id }));
    if (entry.isSymbolicLink()) return [{ path: entry.name, id: blobId(Buffer.from(readlinkSync(file))) }];
    return entry.isFile() ? [{ path: entry.name, id: blobId(readFileSync(file)) }] : [];
  });
}

/** Everything that a ref of this repository leads to. */
export async function reachable(world: World, folder: string): Promise<ReadonlySet<string>> {
  const listed = await world.git(folder, 'rev-list', '--objects', '--all', '--reflog');
  return new Set(listed.split('\n').map((line) => line.slice(0, 40)));
}

/** What must not be lost: what was on the disk when the program was let loose, and what was saved after that. */
export class Ledger {
  readonly #contents: Content[] = [];
  /** What an earlier kill left beside the folder. */
  readonly #aside: readonly Content[];

  constructor(world: World) {
    this.add(world);
    const own = world.path('watched/.git/lockstep');
    this.#aside = (existsSync(own) ? contentsIn(own) : []).filter(({ path }) => /(?:^rescue\/|\baside[/-])[^.]+$/.test(path));
  }

  /** The folder as it is now counts, too. */
  add(world: World): void {
    this.#contents.push(...contentsIn(world.watched));
  }

  /** Paths of contents that are nowhere: not in the folder or what was set aside, not in what a ref leads to. */
  async lost(world: World): Promise<string[]> {
    const onDisk = ['watched', 'watched/.git/lockstep'].map((folder) => new Set(contentsIn(world.path(folder)).map(({ id }) => id)));
    const there = [...onDisk, await reachable(world, 'watched'), await reachable(world, 'hub.git')];
    return [...this.#contents, ...this.#aside].filter(({ id }) => !there.some((place) => place.has(id))).map(({ path }) => path);
  }

  /** Names at which nothing is any more. */
  vanished(world: World): string[] {
    const present = contentsIn(world.watched);
    const isThere = (name: string) => present.some(({ path }) => path === name || path.startsWith(`${name}/`));
    return [...new Set(this.#contents.map(({ path }) => path))].filter((path) => !isThere(path));
  }
}
