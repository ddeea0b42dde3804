import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** What lies at some places, to see afterwards whether anything was written there. */
export class Outside {
  readonly #places: readonly string[];
  #before: ReadonlyMap<string, string>;

  /** Each with all that is below it. */
  constructor(places: readonly string[]) {
    this.#places = places;
    this.#before = this.#look();
  }

  /** Paths that came, went or changed since the last call. */
  changed(): string[] {
    const now = this.#look();
    const changed = [...new Set([...this.#before.keys(), ...now.keys()])].filter((path) => this.#before.get(path) !== now.get(path));
    this.#before = now;
    return changed.sort();
  }

  #look(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const place of this.#places) look(place, found);
    return found;
  }
}

function look(path: string, found: Map<string, string>): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  if (stat.isDirectory()) {
    found.set(path, 'directory');
    for (const name of readdirSync(path)) look(join(path, name), found);
  } else if (stat.isSymbolicLink()) found.set(path, `link ${readlinkSync(path)}`);
  else found.set(path, `${stat.mode} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`);
}

/** What of a repository only its person changes. */
export const personsOwn = (folder: string): string[] => ['config', 'config.worktree', 'hooks', 'info', 'description', 'modules'].map((name) => join(folder, '.git', name));
