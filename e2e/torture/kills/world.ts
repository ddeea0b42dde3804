import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const GIT_LIMIT_MS = 60_000;
/** Where the folder's own path is written down. */
const TELLS_PATHS = ['watched/.git/lockstep/locks.json', 'home/settings.json', 'home/settings.json.1', 'home/settings.json.2', 'home/settings.json.3', 'watched/.git/config', 'second/.git/config', 'peer/.git/config'];

/**
 * All that one kill concerns, in one folder: a hub, a watched clone of it and the program's home, and a clone in the
 * hands of plain git that stands for the other machine.
 */
export class World {
  readonly directory: string;
  readonly hub: string;
  readonly watched: string;
  readonly peer: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;

  constructor(directory: string) {
    this.directory = directory;
    this.hub = this.path('hub.git');
    this.watched = this.path('watched');
    this.peer = this.path('peer');
    this.home = this.path('home');
    this.env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: this.path('person'), LOCKSTEP_HOME: this.home, LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1', GIT_OPTIONAL_LOCKS: '0' };
  }

  /** A world with these files, at one commit everywhere; without any, there is no commit yet. */
  static async create(directory: string, files: Readonly<Record<string, string>> = {}): Promise<World> {
    const world = new World(directory);
    write(world.path('person'), { '.gitconfig': '[user]\n\tname = Person\n\temail = person@localhost\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n' });
    await world.git('.', 'init', '-q', '--bare', world.hub);
    await world.git('.', 'clone', '-q', world.hub, world.watched);
    if (Object.keys(files).length > 0) {
      write(world.watched, files);
      await world.git('watched', 'add', '-A');
      await world.git('watched', 'commit', '-qm', 'Begin');
      await world.git('watched', 'push', '-q', 'origin', 'main');
    }
    await world.git('.', 'clone', '-q', world.hub, world.peer);
    return world;
  }

  /** The same world in another place. */
  async copyTo(directory: string): Promise<World> {
    mkdirSync(dirname(directory), { recursive: true });
    await promisify(execFile)('cp', ['-a', this.directory, directory]);
    const world = new World(directory);
    for (const name of TELLS_PATHS) {
      const file = world.path(name);
      if (existsSync(file)) writeFileSync(file, readFileSync(file, 'utf8').replaceAll(this.directory, directory));
    }
    return world;
  }

  path(...names: string[]): string {
    return join(this.directory, ...names);
  }

  has(name: string): boolean {
    return existsSync(this.path(name));
  }

  /** git as a person runs it; gives what it printed, or throws with what it said. */
  async git(folder: string, ...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)('git', args, { cwd: this.path(folder), env: { ...this.env }, timeout: GIT_LIMIT_MS, maxBuffer: 1 << 26 });
    return stdout.trim();
  }

  /** Changes the peer's files, and pushes that. */
  async changeElsewhere(files: Files): Promise<void> {
    write(this.peer, files);
    await this.git('peer', 'add', '-Af');
    await this.git('peer', 'commit', '-qm', 'Change elsewhere');
    await this.git('peer', 'push', '-q', 'origin', 'main');
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Path to content; null: it goes away. */
export type Files = Readonly<Record<string, string | null>>;

export function write(root: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const file = join(root, name);
    rmSync(file, { recursive: true, force: true });
    if (content === null) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
