import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttachedEngine } from '../../../../electron/control/attached-engine.ts';
import type { Product } from '../../kills/product.ts';
import { Program } from '../../kills/program.ts';
import { World, write } from '../../kills/world.ts';
import { whatRan } from '../../../../electron/engine/testing/hostile/poison.ts';
import { Outside, personsOwn } from '../outside.ts';
import type { Subject } from '../every-action.ts';
import type { Aims } from './nonsense.ts';

/** The program with a folder, surrounded by what it must not touch, to be told anything. */
export class FuzzedProgram {
  readonly world: World;
  readonly aims: Aims;
  readonly engine: AttachedEngine;
  readonly pid: number;
  readonly #program: Program;
  readonly #outside: Outside;
  readonly #beganBytes: number;

  private constructor(world: World, program: Program, engine: AttachedEngine) {
    this.world = world;
    this.engine = engine;
    this.#program = program;
    this.pid = engine.store.get().pid;
    this.aims = { ran: world.path('ran'), allowed: world.path('allowed') };
    this.#outside = new Outside([...['ran', 'person', 'cwd', 'beside'].map((name) => world.path(name)), ...personsOwn(world.watched)]);
    this.#beganBytes = memoryOf(this.pid);
  }

  static async start(product: Product, directory: string): Promise<FuzzedProgram> {
    const world = await World.create(directory, { 'a.txt': 'one\n', 'b.txt': 'two\n' });
    for (const name of ['ran', 'allowed', 'cwd', 'beside']) mkdirSync(world.path(name));
    write(world.path('beside'), { sentinel: 'as it was\n' });
    execFileSync('mkfifo', [world.path('allowed/fifo')]);
    await product.watch(world);
    const program = new Program(world, product.daemon, world.env, world.path('cwd'));
    const engine = await program.attached();
    if (!engine) throw new Error(`the program did not start: ${program.said}`);
    return new FuzzedProgram(world, program, engine);
  }

  get socket(): string {
    return this.world.path('home/lockstep.sock');
  }

  get subject(): Subject {
    const { store } = this.engine;
    return { state: () => store.get(), folder: 'watched', directory: this.aims.allowed, hub: this.world.hub };
  }

  get isUp(): boolean {
    return this.#program.runs;
  }

  get grownBytes(): number {
    return memoryOf(this.pid) - this.#beganBytes;
  }

  /** What is wrong with it after all that; it ends. */
  async judge(): Promise<string[]> {
    const wrong: string[] = [];
    if (!this.isUp) return [`it has ended: ${this.#program.said.slice(-2_000)}`];
    wrong.push(...(await this.#worksOn()));
    await this.stop();
    wrong.push(...whatRan(this.aims.ran).map((name) => `${name} ran, or was written`), ...this.#outside.changed().map((path) => `${path} was written`));
    const log = readFileSync(this.world.path('home/lockstep.log'), 'utf8').split('\n');
    return [...wrong, ...log.filter((line) => /"level":"error"/.test(line)).slice(0, 20).map((line) => `in the log: ${line.slice(0, 1_500)}`)];
  }

  /** An ordinary folder goes its ordinary way. */
  async #worksOn(): Promise<string[]> {
    const path = this.world.path('after');
    const { handlers } = this.engine;
    const limit = AbortSignal.timeout(60_000);
    try {
      const { id } = await handlers['folder.add']({ path, clone: this.world.hub, name: 'after all', paused: false, options: { commitDelay: 0, pushDelay: 0 } }, limit);
      writeFileSync(join(path, 'after.txt'), 'after all\n');
      const { folders: [folder] } = await handlers.sync({ id, timeoutS: 50 }, limit);
      const there = await this.world.git('hub.git', 'show', 'main:after.txt');
      return folder?.problem === null && there === 'after all' ? [] : [`an ordinary folder does not work: ${folder?.problem?.code}, ${there}`];
    } catch (error) {
      return [`an ordinary folder does not work: ${String(error)}`];
    }
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }
}

/** Resident, of a process (proc(5)). */
const memoryOf = (pid: number): number => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
