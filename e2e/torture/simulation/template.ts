import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CallServer } from './call-server.ts';
import type { MemoryPlace } from './memory-place.ts';
import { World } from './world.ts';

export const MACHINE_NAMES = ['desk', 'laptop', 'tower', 'tablet'] as const;

/** A hub and machines that are in step, to be copied for each history. */
export interface Template {
  readonly directory: string;
  /** Where the copy must lie: settings and remotes name it. */
  readonly place: string;
  /** What the keyrings of the machines hold. */
  readonly secrets: readonly ReadonlyMap<string, string>[];
  /** What starts processes in all of them. */
  readonly server: CallServer;
}

const CONFIGURATION = '[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n[core]\n\tfsync = none\n[advice]\n\tdetachedHead = false\n';

/** Makes it in a place of our own, with the real program on each machine. */
export async function makeTemplate({ path: directory, name }: MemoryPlace, server: CallServer): Promise<Template> {
  const place = join(directory, 'world');
  const hub = join(name, 'world/hub.git');
  mkdirSync(join(place, 'person'), { recursive: true });
  writeFileSync(join(place, 'person/.gitconfig'), CONFIGURATION);
  const git = (cwd: string, ...args: string[]): void =>
    void execFileSync('git', args, { cwd, env: { PATH: process.env['PATH'] ?? '', HOME: join(place, 'person'), GIT_CONFIG_NOSYSTEM: '1', GIT_TEMPLATE_DIR: '', GIT_AUTHOR_DATE: '@1767225600 +0000', GIT_COMMITTER_DATE: '@1767225600 +0000' }, stdio: 'ignore' });
  git(place, 'init', '-q', '--bare', 'hub.git');
  const first = join(place, MACHINE_NAMES[0]);
  git(place, 'clone', '-q', hub, MACHINE_NAMES[0]);
  for (const [path, content] of Object.entries(firstFiles())) {
    mkdirSync(dirname(join(first, path)), { recursive: true });
    writeFileSync(join(first, path), content);
  }
  git(first, 'add', '-A');
  git(first, 'commit', '-qm', 'Start');
  git(first, 'push', '-q', 'origin', 'main');
  for (const machine of MACHINE_NAMES.slice(1)) git(place, 'clone', '-q', hub, machine);
  const world = new World(place, { seed: 0, machines: MACHINE_NAMES.length, secrets: [], server });
  try {
    await world.introduce();
  } finally {
    await world.close();
  }
  // Fewer files to copy for each history.
  for (const repository of ['hub.git', ...MACHINE_NAMES]) git(join(place, repository), 'repack', '-q', '-a', '-d');
  const kept = join(directory, 'template');
  renameSync(place, kept);
  return { directory: kept, place, secrets: world.machines.map(({ secrets }) => new Map(secrets.values)), server };
}

/** Lays out the world anew for so many machines. */
export async function copyTemplate({ directory, place, server }: Template, machines: number): Promise<void> {
  const names = MACHINE_NAMES.slice(0, machines);
  const parts = ['hub.git', 'person', ...names, ...names.map((name) => `home-${name}`)];
  const env = { PATH: process.env['PATH'] ?? '' };
  await server.call({ command: 'rm', args: ['-rf', place], cwd: directory, env });
  mkdirSync(place);
  const { status, stderr } = await server.call({ command: 'cp', args: ['-a', ...parts, place], cwd: directory, env });
  if (status !== 0) throw new Error(stderr.toString());
}

/** Enough of them that taking half of them away is not an ordinary day's work. */
function firstFiles(): Record<string, string> {
  const files: Record<string, string> = { '.gitignore': '*.ign\n/cache/\n', 'a.txt': 'first a\n', 'b.txt': 'first b\n' };
  for (let number = 0; number < 22; number += 1) files[`kept/${String(number).padStart(2, '0')}.md`] = `${number}: line one\nline two\nline three\n`;
  return files;
}
