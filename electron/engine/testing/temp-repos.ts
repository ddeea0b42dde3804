import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { resolveHome } from '../home.ts';
import type { Ports } from '../ports.ts';
import { nodePorts } from '../ports/node-ports.ts';
import { detectVcs } from '../vcs/detect-vcs.ts';
import { openRepository } from '../vcs/open-repository.ts';
import { CommandRunner } from '../vcs/run-command.ts';
import type { Vcs } from '../vcs/vcs.ts';
import { MemoryLog } from './memory-log.ts';
import { MemorySecrets } from './memory-secrets.ts';

/** A person's machine in a test: a home with its own git configuration, and nothing of the machine that runs the test. */
export class TestMachine {
  readonly name: string;
  readonly home: string;
  readonly env: Record<string, string>;
  readonly ports: Ports;
  readonly runner: CommandRunner;
  readonly #open: Vcs[] = [];

  constructor(name: string, home: string, adjust: (ports: Ports) => Ports = (ports) => ports) {
    this.name = name;
    this.home = home;
    mkdirSync(home, { recursive: true });
    this.env = { HOME: home, PATH: process.env['PATH'] ?? '/usr/bin:/bin', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C', TZ: 'UTC' };
    this.configure(`[user]\n\tname = ${name}\n\temail = ${name}@example.org\n[init]\n\tdefaultBranch = main\n`);
    const real = nodePorts({ home: resolveHome({ env: {}, homeDirectory: home, hostName: name, platform: 'linux', pid: 1, uid: 0 }, join(home, 'lockstep')), processEnv: this.env, secrets: new MemorySecrets(), log: new MemoryLog() });
    this.ports = adjust(real);
    this.runner = new CommandRunner(this.ports);
  }

  /** The person's own configuration of git. */
  configure(text: string): void {
    writeFileSync(join(this.home, '.gitconfig'), text);
  }

  /** git as the person runs it. Gives what it printed, or throws. */
  async git(cwd: string, ...args: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile('git', args, { cwd, env: { ...this.env, GIT_EDITOR: ':' }, maxBuffer: 256 * 1024 * 1024, timeout: 60_000 }, (error, stdout, stderr) => {
        if (error) reject(new Error(`git ${args.join(' ')}: ${stderr || stdout}`, { cause: error }));
        else resolve(stdout.trimEnd());
      });
    });
  }

  async vcs(path: string): Promise<Vcs> {
    const detected = await detectVcs(this.ports, realpathSync(path));
    if (detected.kind === 'none') throw new Error(`no repository: ${detected.reason}`);
    const vcs = await openRepository({ ports: this.ports, runner: this.runner }, detected, { name: this.name, id: '0a1b2c3d' });
    this.#open.push(vcs);
    return vcs;
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.map((vcs) => vcs.close()));
    await this.runner.stopAll();
  }
}

/** A folder for one test, with real repositories in it by name. Removed by `dispose`. */
export class TempRepos {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-test-')));
  readonly #machines = new Map<string, TestMachine>();

  machine(name: string, adjust?: (ports: Ports) => Ports): TestMachine {
    const machine = this.#machines.get(name) ?? new TestMachine(name, join(this.root, `home-${name}`), adjust);
    this.#machines.set(name, machine);
    return machine;
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  /** A repository without a commit. */
  async empty(machine = this.machine('ada'), name = 'work'): Promise<string> {
    await machine.git(this.root, 'init', '-q', name);
    return this.path(name);
  }

  /** A repository with one commit of the given files. */
  async committed(files: Files = { 'a.txt': 'one\n' }, machine = this.machine('ada'), name = 'work'): Promise<string> {
    const path = await this.empty(machine, name);
    write(path, files);
    await commitAll(machine, path, 'base');
    return path;
  }

  /** A repository whose branch is on a bare remote next to it, `origin`. */
  async withRemote(files?: Files, machine = this.machine('ada')): Promise<{ path: string; remote: string }> {
    const remote = this.path('remote.git');
    await machine.git(this.root, 'init', '-q', '--bare', remote);
    const path = await this.committed(files, machine);
    await machine.git(path, 'remote', 'add', 'origin', remote);
    await machine.git(path, 'push', '-q', 'origin', 'main');
    return { path, remote };
  }

  /** Two machines, each with a clone of one remote. */
  async twoClones(files?: Files): Promise<{ ada: Clone; grace: Clone; remote: string }> {
    const [ada, grace] = [this.machine('ada'), this.machine('grace')];
    const { path, remote } = await this.withRemote(files, ada);
    await grace.git(this.root, 'clone', '-q', remote, 'work-grace');
    return { remote, ada: { machine: ada, path }, grace: { machine: grace, path: this.path('work-grace') } };
  }

  /** Two clones, each with a commit that the other has not; the second one's is fetched by nobody yet, both are in the remote's object store as branches. */
  async diverged(base: Files, ada: Files, grace: Files): Promise<{ ada: Clone; grace: Clone; remote: string; ours: string; theirs: string }> {
    const clones = await this.twoClones(base);
    const tips: string[] = [];
    for (const [clone, files] of [[clones.ada, ada], [clones.grace, grace]] as const) {
      write(clone.path, files);
      await commitAll(clone.machine, clone.path, `change by ${clone.machine.name}\n\nLockstep-Machine: ${clone.machine.name}`);
      await clone.machine.git(clone.path, 'push', '-q', 'origin', `main:refs/heads/of-${clone.machine.name}`);
      tips.push(await clone.machine.git(clone.path, 'rev-parse', 'HEAD'));
    }
    for (const clone of [clones.ada, clones.grace]) await clone.machine.git(clone.path, 'fetch', '-q', 'origin');
    return { ...clones, ours: tips[0] ?? '', theirs: tips[1] ?? '' };
  }

  /** In the middle of a merge with a conflict in `a.txt`. */
  async midMerge(): Promise<string> {
    const [machine, path] = [this.machine('ada'), await this.twoBranches()];
    await machine.git(path, 'merge', 'other').catch(() => undefined);
    return path;
  }

  /** In the middle of a rebase that stopped at a conflict in `a.txt`. */
  async midRebase(): Promise<string> {
    const [machine, path] = [this.machine('ada'), await this.twoBranches()];
    await machine.git(path, 'rebase', 'other').catch(() => undefined);
    return path;
  }

  /** `main` and `other` changed `a.txt` each in its own way; `main` is checked out. */
  async twoBranches(): Promise<string> {
    const machine = this.machine('ada');
    const path = await this.committed();
    await machine.git(path, 'switch', '-q', '-c', 'other');
    write(path, { 'a.txt': 'other\n' });
    await commitAll(machine, path, 'other');
    await machine.git(path, 'switch', '-q', 'main');
    write(path, { 'a.txt': 'main\n' });
    await commitAll(machine, path, 'main');
    return path;
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#machines.values()].map((machine) => machine.close()));
    rmSync(this.root, { recursive: true, force: true });
  }
}

export interface Clone {
  readonly machine: TestMachine;
  readonly path: string;
}

/** Path to content; null: the file goes away. A file takes the place of a folder. */
export type Files = Readonly<Record<string, string | Buffer | null>>;

export function write(root: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    if (content === null) {
      rmSync(path, { recursive: true, force: true });
      continue;
    }
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) rmSync(path, { recursive: true });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

export async function commitAll(machine: TestMachine, path: string, message: string): Promise<string> {
  await machine.git(path, 'add', '-A');
  await machine.git(path, 'commit', '-q', '-m', message);
  return machine.git(path, 'rev-parse', 'HEAD');
}
