import { appendFileSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import type { SimulatedMachine } from './machine.ts';
import { PATHS } from './operation.ts';
import type { World } from './world.ts';

/** What a person does to files: straight on the disk, as an editor or a file manager would. */
export class People {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  save(machine: SimulatedMachine, file: number): Promise<void> {
    const path = PATHS[file % PATHS.length] ?? PATHS[0];
    return this.at(machine, () => this.#write(machine, path, this.#world.token()));
  }

  append(machine: SimulatedMachine, file: number): Promise<void> {
    return this.onFile(machine, file, (path) => appendFileSync(path, this.#world.token()));
  }

  truncate(machine: SimulatedMachine, file: number): Promise<void> {
    return this.onFile(machine, file, (path) => truncateSync(path, Math.floor(readFileSync(path).length / 2)));
  }

  delete(machine: SimulatedMachine, file: number): Promise<void> {
    return this.onFile(machine, file, (path) => rmSync(path));
  }

  rename(machine: SimulatedMachine, file: number, to: number): Promise<void> {
    const target = PATHS[to % PATHS.length] ?? PATHS[0];
    return this.onFile(machine, file, (path) => {
      const wanted = this.#way(machine, target);
      if (wanted && !path.equals(wanted)) renameSync(path, wanted);
    });
  }

  /** Something done by a person on a machine: written down in the book, and seen by whoever watches. */
  async at(machine: SimulatedMachine, work: () => void): Promise<void> {
    await this.#world.ledger.person(machine.folder, work);
    machine.touched();
  }

  /** Something done to one of the files that are there. */
  async onFile(machine: SimulatedMachine, file: number, work: (path: Buffer) => void): Promise<void> {
    const paths = [...this.#world.contents.workTree(machine.folder)].filter(([, { mode }]) => mode !== '120000').map(([path]) => path).sort();
    const path = paths[file % Math.max(1, paths.length)];
    if (path !== undefined) await this.at(machine, () => work(absolute(machine, path)));
  }

  #write(machine: SimulatedMachine, path: string, content: string): void {
    const file = this.#way(machine, path);
    if (file) writeFileSync(file, content);
  }

  /** The folders on the way are made; null: a file stands in the way, or a folder where the file should go. */
  #way(machine: SimulatedMachine, path: string): Buffer | null {
    const file = absolute(machine, path);
    try {
      mkdirSync(Buffer.from(dirname(file.toString('latin1')), 'latin1'), { recursive: true });
    } catch {
      return null;
    }
    return lstatSync(file, { throwIfNoEntry: false })?.isDirectory() ? null : file;
  }
}

const absolute = (machine: SimulatedMachine, path: string): Buffer => Buffer.from(`${machine.folder}/${path}`, 'latin1');
