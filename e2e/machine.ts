import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const COMMAND_LIMIT_MS = 60_000;
/** The build under test; another one than this checkout's when it is named. */
export const PRODUCT = process.env['LOCKSTEP_PRODUCT'] ?? join(import.meta.dirname, '..');

/** A machine of one person: a home directory, a git configuration and an environment of its own. */
export class Machine {
  readonly name: string;
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;

  private constructor(name: string, directory: string) {
    this.name = name;
    this.directory = directory;
    this.env = {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: join(directory, 'person'),
      XDG_CONFIG_HOME: join(directory, 'person/.config'),
      XDG_STATE_HOME: join(directory, 'person/.local/state'),
      XDG_DATA_HOME: join(directory, 'person/.local/share'),
      XDG_CACHE_HOME: join(directory, 'person/.cache'),
      XDG_RUNTIME_DIR: join(directory, 'run'),
      LC_ALL: 'C.UTF-8',
      GIT_CONFIG_NOSYSTEM: '1',
    };
  }

  /** `directory`: where, instead of a temporary place; it must not be there yet. */
  static create(name: string, directory?: string): Machine {
    if (directory !== undefined) mkdirSync(directory, { mode: 0o700 });
    const machine = new Machine(name, directory ?? mkdtempSync(join(tmpdir(), `lockstep-${name}-`)));
    for (const folder of ['person', 'run']) mkdirSync(join(machine.directory, folder), { mode: 0o700 });
    machine.write('person/.gitconfig', `[user]\n\tname = ${name}\n\temail = ${name}@localhost\n[init]\n\tdefaultBranch = main\n`);
    return machine;
  }

  path(...names: string[]): string {
    return join(this.directory, ...names);
  }

  write(file: string, content: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), content);
  }

  /** Null while the file is not there. */
  read(file: string): string | null {
    try {
      return readFileSync(this.path(file), 'utf8');
    } catch {
      return null;
    }
  }

  /** Permission bits. */
  mode(file: string): number {
    return statSync(this.path(file)).mode & 0o777;
  }

  async git(folder: string, ...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)('git', args, { cwd: this.path(folder), env: this.env, timeout: COMMAND_LIMIT_MS });
    return stdout.trim();
  }

  /** The command line on this machine; gives what it printed. */
  async lockstep(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, [join(PRODUCT, 'out/cli.js'), ...args], { env: this.env, timeout: COMMAND_LIMIT_MS });
    return stdout;
  }

  /** The same, for a command that reads a secret. */
  async tell(secret: string, ...args: string[]): Promise<string> {
    const running = promisify(execFile)(process.execPath, [join(PRODUCT, 'out/cli.js'), ...args], { env: this.env, timeout: COMMAND_LIMIT_MS });
    running.child.stdin?.end(`${secret}\n`);
    return (await running).stdout;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
