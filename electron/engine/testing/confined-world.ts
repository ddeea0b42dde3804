import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOptionsSchema, type FolderOptions } from '../../../shared/folder-options.ts';
import { ConfinedMachine, inNamespaces } from './confined-machine.ts';
import { Machines } from './machines.ts';

/** Long waits are as many times shorter as that. */
const SPEED = 8;
/** Nobody, on every system. */
const NOBODY = 65_534;

interface Place {
  /** Run in namespaces of their own, where `$F` is the folder and `$H` the home, before the engine starts. */
  readonly script?: string;
  /** Run by a shell before the engine, which it then becomes: limits that need no namespace. */
  readonly limits?: string;
  /** `.git` of the folder lies outside it. */
  readonly separateGit?: boolean;
  /** As a user whom permissions bind: another one where the tests run as the superuser. */
  readonly asUser?: boolean;
  readonly options?: Partial<FolderOptions>;
}

/** A hub, a stranger's clone of it, and one machine whose system is short of something. */
export class ConfinedWorld {
  readonly machines = new Machines();
  readonly folder = join(this.machines.directory, 'desk');
  readonly gitDir = join(this.machines.directory, 'desk-git');
  readonly home = join(this.machines.directory, 'home-desk');
  readonly #program: string;
  readonly #started: ConfinedMachine[] = [];

  constructor(program: string) {
    this.#program = program;
  }

  /** An engine that watches the folder as `desk`. */
  async start({ script, limits, separateGit = false, asUser = false, options = {} }: Place): Promise<ConfinedMachine> {
    const { machines, folder, home } = this;
    machines.git(machines.directory, 'clone', '-q', ...(separateGit ? ['--separate-git-dir', this.gitDir] : []), machines.hub, folder);
    const uid = asUser && process.getuid?.() === 0 ? NOBODY : undefined;
    if (uid !== undefined) execFileSync('chown', ['-R', `${uid}:${uid}`, machines.directory]);
    const names = `F='${folder}' H='${home}' G='${this.gitDir}'`;
    const launcher = script !== undefined ? inNamespaces(`${names}\nmkdir -p "$H"\n${script}`) : limits !== undefined ? ['sh', '-ec', `${limits}\nexec "$@"`, 'sh'] : [];
    const machine = await ConfinedMachine.start({ program: this.#program, home, env: machines.env, launcher, uid, hostName: 'desk', speed: SPEED });
    this.#started.push(machine);
    const fast = { commitDelay: 0.5, pushDelay: 0, poll: 600 };
    await machine.call('folder.add', { path: folder, name: 'desk', options: { ...folderOptionsSchema.parse(fast), ...options } });
    return machine;
  }

  /** A file pushed to the hub by somebody else. */
  arrives(name: string, content: string | Buffer): void {
    const first = join(this.machines.directory, 'first');
    this.machines.git(first, 'pull', '-q', '--ff-only');
    writeFileSync(join(first, name), content);
    this.machines.git(first, 'add', '-A');
    this.machines.git(first, 'commit', '-qm', `Add ${name}`);
    this.machines.git(first, 'push', '-q', 'origin', 'main');
  }

  hubTip(): string {
    return this.hubGit('rev-parse', 'main').trim();
  }

  hubFiles(): string[] {
    return this.hubGit('ls-tree', '-r', '--name-only', 'main').trim().split('\n');
  }

  /** The hub may be another user's by now. */
  hubGit(...args: string[]): string {
    return this.machines.git(this.machines.hub, '-c', 'safe.directory=*', ...args);
  }

  async close(): Promise<void> {
    await Promise.all(this.#started.map((machine) => machine.stop()));
    await this.machines.close();
  }
}
