import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SeededRandom } from '../random.ts';

const DIRECTORIES = 40;
const NAMES = 25;

/** What a folder must hold, while a person works in one copy of it after the other. */
export class FolderModel {
  readonly files = new Map<string, string>();
  readonly #random: SeededRandom;
  #saves = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** Saves, deletes or moves one file in a copy of the folder. */
  operate(folder: string): void {
    const present = [...this.files.keys()];
    const chance = this.#random.fraction();
    if (present.length === 0 || chance < 0.7) this.save(folder, this.#somePath());
    else if (chance < 0.85) this.#remove(folder, this.#random.pick(present));
    else this.#move(folder, this.#random.pick(present), this.#somePath());
  }

  save(folder: string, path: string): void {
    const content = `${path} ${(this.#saves += 1)}\n`;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    this.files.set(path, content);
  }

  #remove(folder: string, path: string): void {
    rmSync(join(folder, path));
    this.files.delete(path);
  }

  #move(folder: string, from: string, to: string): void {
    const content = this.files.get(from);
    if (content === undefined || from === to) return;
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    renameSync(join(folder, from), join(folder, to));
    this.files.delete(from);
    this.files.set(to, content);
  }

  #somePath(): string {
    return `${this.#random.below(DIRECTORIES)}/${this.#random.below(NAMES)}.txt`;
  }

  /** Paths of a copy of the folder that are not as they must be. */
  differences(folder: string): string[] {
    const found = new Map(filesBelow(folder).map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
    return [...new Set([...this.files.keys(), ...found.keys()])].filter((path) => this.files.get(path) !== found.get(path));
  }
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return paths.filter((path) => !path.startsWith('.git/'));
}
