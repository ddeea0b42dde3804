import { execFile } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A folder of the benchmark's own, and an environment in which no setting of the person who runs it counts. */
export interface Surroundings {
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
}

export function surroundings(): Surroundings {
  const directory = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const home = join(directory, 'person');
  mkdirSync(home);
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Bench\n\temail = bench@localhost\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n');
  return { directory, env: { PATH: process.env['PATH'], HOME: home, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', XDG_RUNTIME_DIR: home } };
}

export const remove = ({ directory }: Surroundings): void => rmSync(directory, { recursive: true, force: true });

/** Runs a program to its end; gives what it printed. */
export async function run({ env }: Surroundings, command: string, args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { cwd, env, maxBuffer: 1 << 28 });
  return stdout;
}

export const git = (at: Surroundings, cwd: string, ...args: string[]): Promise<string> => run(at, 'git', args, cwd);

/** A bare hub and clones of it that share one commit. */
export async function hubWithClones(at: Surroundings, name: string, clones: readonly string[]): Promise<string[]> {
  const hub = join(at.directory, `${name}.git`);
  await git(at, at.directory, 'init', '-q', '--bare', hub);
  const paths = clones.map((clone) => join(at.directory, `${name}-${clone}`));
  const [first, ...others] = paths;
  if (!first) return [];
  await git(at, at.directory, 'clone', '-q', hub, first);
  writeFileSync(join(first, 'start.txt'), 'start\n');
  await git(at, first, 'add', '-A');
  await git(at, first, 'commit', '-qm', 'Start');
  await git(at, first, 'push', '-q', 'origin', 'main');
  for (const other of others) await git(at, at.directory, 'clone', '-q', hub, other);
  return paths;
}

/** Resolves with the time at which `done` first holds, looked at whenever something changes beside `file`. */
export function whenSeen(file: string, done: () => boolean, limitMs = 120_000): Promise<number> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      watcher.close();
      clearTimeout(limit);
      settle();
    };
    const look = () => {
      if (done()) finish(() => resolve(performance.now()));
    };
    const watcher = watch(dirname(file), look);
    const limit = setTimeout(() => finish(() => reject(new Error(`${file} was not there within ${limitMs} ms`))), limitMs);
    look();
  });
}

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { min: sorted[0] ?? Number.NaN, median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

export const shown = ({ min, median, max }: Spread): string => [min, median, max].map((value) => value.toFixed(value < 10 ? 2 : 0)).join(' / ');
