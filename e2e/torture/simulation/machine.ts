import { closeSync, fstatSync } from 'node:fs';
import { join } from 'node:path';
import type { FolderState } from '../../../shared/app-state.ts';
import { openEngine } from '../../../electron/engine/engine.ts';
import type { Engine } from '../../../electron/engine/engine-face.ts';
import { resolveHome } from '../../../electron/engine/home.ts';
import { Redactor } from '../../../electron/engine/log/redact.ts';
import type { Clock, FsPath, Ports, RunningProcess } from '../../../electron/engine/ports.ts';
import { MemoryLog } from '../../../electron/engine/testing/memory-log.ts';
import { MemorySecrets } from '../../../electron/engine/testing/memory-secrets.ts';
import { noHttp } from '../../../electron/engine/testing/no-http.ts';
import type { Bus } from './bus.ts';
import type { CallServer } from './call-server.ts';
import { ContentReader } from './contents.ts';
import { Faults } from './faults.ts';
import type { KeptGits } from './kept-git.ts';
import type { Oracle } from './oracle/oracle.ts';
import { MachineClock } from './machine-clock.ts';
import { SeededRandom } from './seeded-random.ts';
import { simulatedFiles } from './simulated-files.ts';
import { simulatedProcesses } from './simulated-processes.ts';
import { FAITHFUL, SimulatedWatch, type WatchFaults } from './simulated-watch.ts';
import type { Life, Turnstile } from './turnstile.ts';
import { Violation } from './violation.ts';
import type { VirtualTimes } from './virtual-times.ts';

/** What all machines stand in. */
export interface Surroundings {
  readonly directory: string;
  readonly clock: Clock;
  readonly times: VirtualTimes;
  readonly turnstile: Turnstile;
  readonly server: CallServer;
  readonly keptGits: KeptGits;
  readonly bus: () => Bus;
  readonly oracle: () => Oracle;
  /** Before a program changes something in its folder: what a person does at that very moment. */
  readonly race: (machine: number, path: Buffer) => Promise<void> | null;
  readonly seed: number;
}

/** Above every process id that a real system gives. */
const FIRST_PID = 5_000_000;
const PIDS_OF_A_MACHINE = 100_000;

interface Program {
  readonly life: Life;
  readonly clock: MachineClock;
  readonly watch: SimulatedWatch;
  readonly ports: Ports;
  readonly readers: Ports['processes'];
  engine: Engine | null;
}

/** A person's machine: a clone of the hub, a home, and the program, which comes and goes. */
export class SimulatedMachine {
  readonly index: number;
  readonly name: string;
  readonly folder: string;
  readonly secrets = new MemorySecrets();
  readonly faults = new Faults();
  readonly log = new MemoryLog();
  readonly contents: ContentReader;
  /** Processes that the programs of this machine have started and that have not ended. */
  readonly children = new Set<RunningProcess>();
  /** What the person's editor has open for writing. */
  readonly openFiles: number[] = [];
  /** How often git was called for what, by the programs of this machine. */
  readonly calls = new Map<string, number>();
  watchFaults: WatchFaults = FAITHFUL;
  starts = 0;
  /** It died, and something will start it again. */
  hasFallen = false;
  readonly #around: Surroundings;
  /** What the program keeps lies below it. */
  readonly homeDirectory: string;
  readonly gitDirectory: string;
  /** Another number after each doing in the folder or its repository. */
  doings = 0;
  #program: Program | null = null;

  constructor(index: number, name: string, around: Surroundings) {
    this.index = index;
    this.name = name;
    this.#around = around;
    this.folder = join(around.directory, name);
    this.gitDirectory = join(this.folder, '.git');
    this.homeDirectory = join(around.directory, `home-${name}`);
    this.contents = new ContentReader(this.folder, () => this.doings);
  }

  get isUp(): boolean {
    return this.#program !== null;
  }

  /** Null while it is down, or has not come up wholly. */
  get engine(): Engine | null {
    return this.#program?.engine ?? null;
  }

  get state(): FolderState | null {
    return this.engine?.store.get().folders[0] ?? null;
  }

  get watch(): SimulatedWatch | null {
    return this.#program?.watch ?? null;
  }

  /** For what simple-git starts. */
  get readers(): Ports['processes'] | null {
    return this.#program?.readers ?? null;
  }

  get life(): Life | null {
    return this.#program?.life ?? null;
  }

  /** Environment of the person's own programs. */
  get env(): Record<string, string> {
    const date = `@${Math.floor(this.#around.clock.now() / 1000)} +0000`;
    return { PATH: process.env['PATH'] ?? '', HOME: join(this.#around.directory, 'person'), LC_ALL: 'C', TZ: 'UTC', GIT_CONFIG_NOSYSTEM: '1', GIT_EDITOR: ':', GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  }

  /** The person's own git, which never runs at the same time as ours. Gives how it ended, and what it printed. */
  async git(...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
    const { status, stdout } = await this.#around.server.call({ command: 'git', args, cwd: this.folder, env: this.env });
    return { code: status, output: stdout.toString('latin1') };
  }

  /** Resolves when the program watches its folder; never, when it dies before. One that cannot begin for a fault says so and ends, to be started again. */
  async start(): Promise<void> {
    const { struck } = this.faults;
    try {
      await this.#open(this.#begin());
    } catch (error) {
      if (this.faults.struck === struck) throw error;
      this.die();
      this.hasFallen = true;
    }
  }

  async #open(program: Program): Promise<void> {
    this.#program = program;
    const engine = await openEngine({ ports: program.ports, home: this.home(), version: '0.0.0', mode: 'running' });
    program.engine = engine;
    await engine.start();
  }

  /** As a person ends it. */
  async stop(): Promise<void> {
    const program = this.#program;
    if (!program) return;
    await program.engine?.stop();
    const left = this.children.size;
    this.die();
    if (left > 0) throw new Violation('left', `${left} processes of ${this.name}, whose program said that it had stopped`);
  }

  /** As `kill -9` ends it: in the middle of whatever it does. */
  die(): void {
    const program = this.#program;
    if (!program) return;
    program.life.over = true;
    program.clock.end();
    this.#around.bus().cut(this.index);
    this.children.clear();
    this.faults.hanging.clear();
    this.#program = null;
  }

  /** By a fault. */
  #fall(): void {
    this.hasFallen = this.faults.comesBack;
    this.die();
  }

  /** Something outside the program was done to the files or the repository; whoever watches will see it. */
  touched(): void {
    this.doings += 1;
    this.watch?.lookBelow(this.folder);
  }

  openFile(file: number): void {
    this.openFiles.push(file);
  }

  closeFiles(): void {
    for (const file of this.openFiles.splice(0)) closeSync(file);
  }

  /** From now on. */
  watchWith(faults: WatchFaults): void {
    this.watchFaults = faults;
    this.faults.lasts('events', faults !== FAITHFUL);
    if (this.watch) this.watch.faults = faults;
  }

  home() {
    return resolveHome({ env: {}, homeDirectory: '/', hostName: this.name, platform: 'linux', pid: 0, uid: 0 }, this.homeDirectory);
  }

  #begin(): Program {
    const { turnstile, times, clock: common, seed } = this.#around;
    this.starts += 1;
    this.hasFallen = false;
    const life: Life = { machine: this.index, pid: FIRST_PID + this.index * PIDS_OF_A_MACHINE + this.starts * 10, over: false };
    const clock = new MachineClock(common, () => this.#around.oracle().endless(this));
    const random = new SeededRandom(seed + this.index * 7919 + this.starts * 104_729);
    const deliver = (afterMs: number, event: () => void): void => {
      if (afterMs === 0) void turnstile.enter(life, 'event', event);
      else clock.after(afterMs, () => void turnstile.enter(life, 'event', event));
    };
    const watch = new SimulatedWatch({ random: new SeededRandom(seed + life.pid), times, deliver, onLoss: () => this.faults.meet('events') });
    watch.faults = this.watchFaults;
    const changed = (paths: Parameters<SimulatedWatch['touched']>[0]): void => {
      this.doings += 1;
      watch.touched(paths);
    };
    const ports: Ports = {
      clock,
      random,
      watch,
      files: simulatedFiles({ life, turnstile, faults: this.faults, times, before: (paths) => this.#beforeChange(paths), changed, die: () => this.#fall() }),
      processes: this.#processes(life, true),
      net: this.#around.bus().net(life),
      http: noHttp,
      secrets: this.secrets,
      log: this.log,
      redactor: new Redactor(),
      host: { env: this.env, homeDirectory: this.env['HOME'] ?? '', hostName: this.name, platform: 'linux', pid: life.pid, uid: 0 },
    };
    return { life, clock, watch, ports, readers: this.#processes(life, false), engine: null };
  }

  #processes(life: Life, mayHang: boolean): Ports['processes'] {
    return simulatedProcesses({
      ...{ ...this.#around, life, faults: this.faults, children: this.children, mayHang, die: () => this.#fall() },
      lives: (pid) => this.life?.pid === pid,
      isOpen: (inode) => this.openFiles.some((file) => fstatSync(file).ino === inode),
      called: (verb, args) => this.#called(verb, args),
    });
  }

  #called(verb: string, args: readonly string[]): (printed: Buffer) => void {
    const hear = this.#around.oracle().call({ machine: this, verb, args });
    return (printed) => {
      this.doings += 1;
      this.calls.set(verb, (this.calls.get(verb) ?? 0) + 1);
      if (MOVES_REFS.has(verb)) this.watch?.lookBelow(this.gitDirectory);
      hear(printed.toString('latin1'));
    };
  }

  async #beforeChange(paths: readonly FsPath[]): Promise<void> {
    this.#around.oracle().change(this, paths);
    const path = paths.map((each) => (typeof each === 'string' ? Buffer.from(each) : each)).find((each) => this.#isInWorkTree(each.toString('latin1')));
    if (path) await this.#around.race(this.index, path);
  }

  #isInWorkTree(file: string): boolean {
    return file.startsWith(`${this.folder}/`) && !file.startsWith(`${this.gitDirectory}/`);
  }
}

const MOVES_REFS = new Set(['update-ref', 'fetch', 'push', 'repack', 'update-index']);
