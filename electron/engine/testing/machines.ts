import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppState, FolderState } from '../../../shared/app-state.ts';
import { folderOptionsSchema, type FolderOptions } from '../../../shared/folder-options.ts';
import { openEngine } from '../engine.ts';
import type { Engine } from '../engine-face.ts';
import { resolveHome } from '../home.ts';
import type { Ports } from '../ports.ts';
import { nodePorts } from '../ports/node-ports.ts';

/** What no event tells is seen within a minute, by a look at everything. */
const WAIT_MS = 75_000;

/** A hub and machines around it, all in one folder of the test's own; engines are real, in this process. */
export class Machines {
  readonly directory = mkdtempSync(join(tmpdir(), 'lockstep-machines-'));
  readonly hub = join(this.directory, 'hub.git');
  readonly #engines: Machine[] = [];

  constructor() {
    mkdirSync(join(this.directory, 'person'));
    writeFileSync(join(this.directory, 'person/.gitconfig'), '[user]\n\tname = Test\n\temail = test@localhost\n[init]\n\tdefaultBranch = main\n');
    this.git(this.directory, 'init', '-q', '--bare', this.hub);
    const first = join(this.directory, 'first');
    this.git(this.directory, 'clone', '-q', this.hub, first);
    writeFileSync(join(first, 'start.txt'), 'start\n');
    this.git(first, 'add', '-A');
    this.git(first, 'commit', '-qm', 'Start');
    this.git(first, 'push', '-q', 'origin', 'main');
  }

  git(cwd: string, ...args: string[]): string {
    return execFileSync('git', args, { cwd, env: this.env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  get env(): Record<string, string> {
    return { PATH: process.env['PATH'] ?? '', HOME: join(this.directory, 'person'), LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1' };
  }

  /** A clone of the hub with an engine on it; `change` may replace ports, `surroundings` what it reaches the hub by. */
  async add(name: string, options: Partial<FolderOptions> = {}, change: (ports: Ports) => Ports = (ports) => ports, surroundings: Surroundings = {}): Promise<Machine> {
    const folder = join(this.directory, name);
    this.git(this.directory, 'clone', '-q', this.hub, folder);
    if (surroundings.remote !== undefined) this.git(folder, 'remote', 'set-url', 'origin', surroundings.remote);
    surroundings.prepare?.(folder);
    const machine = new Machine(name, folder, join(this.directory, `home-${name}`), { ...this.env, ...surroundings.env }, change);
    this.#engines.push(machine);
    await machine.start();
    await machine.engine.handlers['folder.add']({ path: folder, name, paused: false, options: { ...FAST, ...options } }, never());
    return machine;
  }

  async close(): Promise<void> {
    await Promise.all(this.#engines.map((machine) => machine.stop()));
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** What is not as usual around a machine. */
interface Surroundings {
  /** Address of the hub, in place of its path. */
  readonly remote?: string;
  /** Done to the folder before it is watched. */
  readonly prepare?: (folder: string) => void;
  /** On top of the usual environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Short waits, so that a test takes as long as its work. */
const FAST = folderOptionsSchema.parse({ commitDelay: 0.05, pushDelay: 0, poll: 1 });

const never = (): AbortSignal => new AbortController().signal;

export class Machine {
  readonly name: string;
  readonly folder: string;
  readonly #home: string;
  readonly #env: Record<string, string>;
  readonly #change: (ports: Ports) => Ports;
  #engine: Engine | null = null;

  constructor(name: string, folder: string, home: string, env: Record<string, string>, change: (ports: Ports) => Ports) {
    this.name = name;
    this.folder = folder;
    this.#home = home;
    this.#env = env;
    this.#change = change;
  }

  get engine(): Engine {
    if (!this.#engine) throw new Error(`${this.name} is not running`);
    return this.#engine;
  }

  get state(): FolderState {
    const [folder] = this.engine.store.get().folders;
    if (!folder) throw new Error(`${this.name} has no folder`);
    return folder;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async start(): Promise<void> {
    const real = nodePorts({ home: resolveHome({ env: {}, homeDirectory: '/', hostName: this.name, platform: 'linux', pid: 0, uid: 0 }, this.#home), processEnv: this.#env });
    const ports = this.#change({ ...real, host: { ...real.host, hostName: this.name, homeDirectory: this.#env['HOME'] ?? '' } });
    this.#engine = await openEngine({ ports, home: resolveHome(ports.host, this.#home), version: '0.0.0', mode: 'running' });
    await this.#engine.start();
  }

  async stop(): Promise<void> {
    await this.#engine?.stop();
    this.#engine = null;
  }

  /** Resolves with the folder's state as soon as it satisfies `test`; rejects with the state after 20 s. */
  until(test: (folder: FolderState, state: AppState) => boolean): Promise<FolderState> {
    return new Promise((resolve, reject) => {
      let end: (() => void) | null = null;
      const limit = setTimeout(() => {
        end?.();
        const folders = this.engine.store.get().folders.map((folder) => ({ ...folder, days: undefined, options: undefined }));
        reject(new Error(`${this.name} did not come to it: ${JSON.stringify(folders, null, 1)}`));
      }, WAIT_MS);
      const look = (state: AppState) => {
        const [folder] = state.folders;
        if (!folder || !test(folder, state)) return;
        clearTimeout(limit);
        queueMicrotask(() => end?.());
        resolve(folder);
      };
      end = this.engine.store.subscribe(look);
    });
  }

  /** Asks for everything now, and gives what came of it. The limit is one of the machine's own clock. */
  async sync(timeoutS = 300): Promise<FolderState> {
    const { folders } = await this.engine.handlers.sync({ timeoutS }, never());
    const [folder] = folders;
    if (!folder) throw new Error('no folder');
    return folder;
  }
}
