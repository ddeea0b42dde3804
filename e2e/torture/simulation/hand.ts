import { lstatSync, mkdirSync } from 'node:fs';
import type { SimulatedMachine } from './machine.ts';
import type { World } from './world.ts';

/** Where people save; few enough that two machines often mean the same file, and that files and folders get in each other's way. */
const PATHS = ['a.txt', 'b.txt', 'notes/a.md', 'notes/b.md', 'notes/deep/c.md', 'kept/00.md', 'kept/01.md', 'kept/02.md', 'new.txt', 'plan.txt', 'notes', 'draft', 'A.txt'] as const;

/** A person's hand on one machine: straight on the disk, as editors, file managers and git are. */
export class Hand {
  readonly world: World;
  readonly machine: SimulatedMachine;

  constructor(world: World, machine: SimulatedMachine) {
    this.world = world;
    this.machine = machine;
  }

  /** Does something, which is written down in the book, and seen by whoever watches. */
  async does<T>(work: () => T | Promise<T>): Promise<T> {
    const { world, machine } = this;
    world.awaitTick();
    await world.oracle.handComes(machine);
    const done = await world.ledger.person(world.placeOf(machine), async () => {
      const result = await work();
      machine.touched();
      return result;
    });
    await world.oracle.handGoes(machine);
    return done;
  }

  /** The same where commits may get out of reach by it. */
  doesToHistory<T>(work: () => T | Promise<T>): Promise<T> {
    return this.does(() => this.world.ledger.history(this.world.placeOf(this.machine), work));
  }

  /** Those that were there when this doing began; links are none. */
  files(): string[] {
    return [...this.machine.contents.workTree()].filter(([, { mode }]) => mode !== '120000').map(([path]) => path).sort();
  }

  /** One of the files that are there; null: there is none. */
  file(which: number): string | null {
    const paths = this.files();
    return paths[which % Math.max(1, paths.length)] ?? null;
  }

  absolute(path: string): Buffer {
    return Buffer.from(`${this.machine.folder}/${path}`, 'latin1');
  }

  /** A place to write to, the folders on the way made; null: a file stands in the way, or a folder where the file should go. */
  place(path: string | number): Buffer | null {
    const name = typeof path === 'number' ? (PATHS[path % PATHS.length] ?? PATHS[0]) : path;
    const file = this.absolute(name);
    try {
      mkdirSync(this.absolute(name.slice(0, Math.max(0, name.lastIndexOf('/')))), { recursive: true });
      // A link to a file in the way is found out only here.
      return lstatSync(file, { throwIfNoEntry: false })?.isDirectory() ? null : file;
    } catch {
      return null;
    }
  }

  git(...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
    return this.machine.git(...args);
  }
}
