import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineHandlers } from '../../../electron/engine/engine-face.ts';
import { FakeClock } from '../../../electron/engine/testing/fake-clock.ts';
import { Ambushes } from './ambushes.ts';
import { Bus, BUS_ADDRESS } from './bus.ts';
import type { CallServer } from './call-server.ts';
import { KeptGits } from './kept-git.ts';
import { Ledger, type Place } from './ledger.ts';
import { SimulatedMachine } from './machine.ts';
import { ObjectFinder } from './object-finder.ts';
import type { Oracle } from './oracle/oracle.ts';
import { watchOver, type Watch } from './oracle/watch-over.ts';
import { SeededRandom } from './seeded-random.ts';
import { takeInSimpleGit } from './simple-git-turns.ts';
import { copyTemplate, MACHINE_NAMES, type Template } from './template.ts';
import { Turnstile } from './turnstile.ts';
import { Violation } from './violation.ts';
import { VirtualTimes } from './virtual-times.ts';

/** Nothing of the program takes longer to come back, unless something is wrong with it. */
const LONGEST_MS = 7 * 3_600_000;
const WALL_MS = Date.UTC(2026, 0, 2);

interface WorldOptions {
  readonly seed: number;
  readonly machines: number;
  readonly secrets: readonly ReadonlyMap<string, string>[];
  readonly server: CallServer;
}

/** A hub, machines around it, the person's files on them, a clock, and a book of all contents. */
export class World {
  readonly directory: string;
  readonly hub: string;
  readonly machines: readonly SimulatedMachine[];
  readonly clock: FakeClock;
  readonly turnstile: Turnstile;
  readonly bus: Bus;
  readonly ledger: Ledger;
  readonly hubPlace: Place;
  /** Chance for contents and the like; what engines draw is their own. */
  readonly random: SeededRandom;
  /** Before somebody's hand changes files: they get other times than any that a program has seen. */
  readonly awaitTick: () => void;
  readonly #keptGits: KeptGits;
  readonly #places: readonly Place[];
  readonly #endOfTurns: () => void;
  readonly #server: CallServer;
  readonly #ambushes = new Ambushes();
  readonly #watch: Watch;
  #tokens = 0;

  /** In a directory that holds what a template does. */
  constructor(directory: string, { seed, machines, secrets, server }: WorldOptions) {
    this.directory = directory;
    this.#server = server;
    this.#keptGits = new KeptGits(server);
    this.hub = join(directory, 'hub.git');
    this.random = new SeededRandom(seed + 1);
    this.turnstile = new Turnstile(new SeededRandom(seed + 2));
    this.turnstile.before = (life) => this.#ambushes.turn(life.machine);
    this.clock = new FakeClock(WALL_MS, () => this.turnstile.idle());
    const times = new VirtualTimes(this.clock, join(directory, 'tick'));
    this.awaitTick = () => times.awaitTick();
    this.bus = new Bus({
      random: new SeededRandom(seed + 3),
      reachable: (machine) => this.machines[machine]?.faults.offline === false,
      deliver: (life, afterMs, event) => void (afterMs === 0 ? this.turnstile.enter(life, 'message', event) : this.clock.after(afterMs, () => void this.turnstile.enter(life, 'message', event))),
    });
    const around = { directory, clock: this.clock, times, turnstile: this.turnstile, server, keptGits: this.#keptGits, bus: () => this.bus, oracle: () => this.oracle, race: (machine: number, path: Buffer) => this.#ambushes.change(machine, path), seed };
    this.machines = MACHINE_NAMES.slice(0, machines).map((name, index) => new SimulatedMachine(index, name, around));
    for (const [index, machine] of this.machines.entries()) for (const [name, value] of secrets[index] ?? []) machine.secrets.values.set(name, value);
    this.hubPlace = { name: 'hub', contents: null, objects: new ObjectFinder(this.hub, server), isThere: () => existsSync(this.hub) };
    this.#places = [...this.machines.map((machine) => ({ name: machine.name, contents: machine.contents, objects: new ObjectFinder(join(machine.folder, '.git'), server), isThere: () => true })), this.hubPlace];
    this.ledger = new Ledger(this.#places);
    this.#watch = watchOver(this, this.#keptGits);
    this.#endOfTurns = takeInSimpleGit((cwd) => this.machines.find(({ folder }) => cwd === folder)?.readers ?? null);
  }

  static async of(template: Template, options: { readonly seed: number; readonly machines: number }): Promise<World> {
    await copyTemplate(template, options.machines);
    const world = new World(template.place, { ...options, secrets: template.secrets, server: template.server });
    for (const machine of world.machines) await world.startMachine(machine);
    return world;
  }

  /** Everything that is watched over. */
  get oracle(): Oracle {
    return this.#watch.oracle;
  }

  machine(index: number): SimulatedMachine {
    const machine = this.machines[index % this.machines.length];
    if (!machine) throw new Error('a world without machines');
    return machine;
  }

  placeOf(machine: SimulatedMachine): Place {
    const place = this.#places[machine.index];
    if (!place) throw new Error(`no place of ${machine.name}`);
    return place;
  }

  /** Text that nobody has written before. */
  token(): string {
    this.#tokens += 1;
    return `token ${this.#tokens} ${this.random.below(2 ** 30).toString(36)}\n`;
  }

  /** Does something when the machine's program has taken so many turns more, before the next one. */
  meanwhile(machine: number, turns: number, work: () => Promise<void>): void {
    this.#ambushes.beforeTurn(this.machine(machine), turns, work);
  }

  /** Does something to the file that the machine's program is about to change, when it has changed so many more. */
  race(machine: number, changes: number, work: (machine: SimulatedMachine, path: Buffer) => Promise<void>): void {
    const found = this.machine(machine);
    this.#ambushes.beforeChange(found, changes, (path) => work(found, path));
  }

  /** What was to happen meanwhile does not happen any more. */
  calmDown(): void {
    this.#ambushes.clear();
  }

  /** git as it is called at the hub itself. */
  async gitAtHub(...args: readonly string[]): Promise<string> {
    return this.gitAtHubWith({}, ...args);
  }

  async gitAtHubWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string> {
    const { stdout } = await this.#server.call({ command: 'git', args: [`--git-dir=${this.hub}`, ...args], cwd: this.directory, env: { ...this.machine(0).env, ...env } });
    return stdout.toString('latin1');
  }

  async blobAtHub(text: string): Promise<string> {
    const { stdout } = await this.#server.call({ command: 'git', args: [`--git-dir=${this.hub}`, 'hash-object', '-w', '--stdin'], cwd: this.directory, env: this.machine(0).env }, Buffer.from(text));
    return stdout.toString('latin1').trim();
  }

  /** Something that is done to the hub's history by nobody of ours. */
  strangers<T>(work: () => Promise<T>): Promise<T> {
    return this.ledger.history(this.hubPlace, work);
  }

  async pass(ms: number): Promise<void> {
    await this.clock.advance(ms);
  }

  async settle(): Promise<void> {
    await this.pass(0);
  }

  /** Lets time pass until the work has ended; null when the program died over it. */
  async drive<T>(machine: SimulatedMachine, work: () => Promise<T>): Promise<T | null> {
    const asked = work();
    const { life } = machine;
    let over = false;
    const end = asked.finally(() => (over = true));
    end.catch(() => undefined);
    const endMs = this.clock.monotonic() + LONGEST_MS;
    for (;;) {
      await this.settle();
      if (over) return end;
      if (life?.over !== false) return null;
      const { nextDueMs } = this.clock;
      if (nextDueMs === null || nextDueMs > endMs) throw new Violation('stuck', `${machine.name} does not come back`);
      await this.pass(Math.max(0, nextDueMs - this.clock.monotonic()));
    }
  }

  /** Asks a program something, if it runs, and lets time pass until it has answered. A refusal is an answer. */
  async ask(machine: SimulatedMachine, question: (handlers: EngineHandlers, signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const handlers = machine.engine?.handlers;
    if (handlers) await this.drive(machine, () => question(handlers, never()).catch((error: unknown) => machine.log.info('refused', { error: String(error) })));
  }

  /** The person on a machine agrees to what its folder asks about, if anything. */
  async approve(machine: SimulatedMachine): Promise<void> {
    if (machine.engine) await this.#watch.approved(machine, machine.state?.problem?.code ?? null);
    await this.ask(machine, (handlers, signal) => handlers['folder.approve']({ id: 'folder' }, signal));
  }

  /** A person chooses in the window what is to be at these paths. */
  chosen(machine: SimulatedMachine, paths: readonly string[]): void {
    this.#watch.chosen(machine, paths);
  }

  /** A person's own doing takes out what was to stay on its machine. */
  letOut(): void {
    this.#watch.letOut();
  }

  /** The tip of the branch on the hub; null: there is none. */
  hubTip(): string | null {
    return readHead(this.hub, 'refs/heads/main');
  }

  async startMachine(machine: SimulatedMachine): Promise<void> {
    if (!machine.isUp) await this.drive(machine, () => machine.start());
  }

  async stopMachine(machine: SimulatedMachine): Promise<void> {
    if (machine.isUp) await this.drive(machine, () => machine.stop());
  }

  /** For the template: every machine learns of its folder, of the bus and of the others' key. */
  async introduce(): Promise<void> {
    let code: string | null = null;
    for (const machine of this.machines) {
      await this.startMachine(machine);
      const handlers = machine.engine?.handlers;
      if (!handlers) throw new Error(`${machine.name} did not start`);
      await this.drive(machine, () => handlers['folder.add']({ path: machine.folder, name: 'folder', paused: false, options: { poll: 600 } }, never()));
      await this.drive(machine, () => handlers['signal.fanout']({ url: BUS_ADDRESS }, never()));
      if (code === null) code = (await this.drive(machine, () => handlers['signal.pair']({}, never())))?.code ?? '';
      else await this.drive(machine, () => handlers['signal.join']({ code: code ?? '' }, never()));
    }
    await this.pass(30_000);
  }

  async close(): Promise<void> {
    try {
      for (const machine of this.machines) await this.stopMachine(machine);
    } finally {
      for (const machine of this.machines) {
        machine.die();
        machine.closeFiles();
      }
      this.#endOfTurns();
      this.#keptGits.close();
      for (const { objects } of this.#places) objects.close();
    }
  }
}

/** Without a process where git keeps the ref as a file of its own. */
function readHead(repository: string, ref: string): string | null {
  const file = `${repository}/${ref}`;
  if (existsSync(file)) return readFileSync(file, 'latin1').trim();
  if (!existsSync(repository)) return null;
  return execFileSync('git', [`--git-dir=${repository}`, 'for-each-ref', '--format=%(objectname)', ref], { encoding: 'utf8' }).trim() || null;
}

const never = (): AbortSignal => new AbortController().signal;
