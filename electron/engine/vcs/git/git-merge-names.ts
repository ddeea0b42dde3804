import { joinPath, parentPath, repoPathBytes, type RepoPath } from '../../repo-path.ts';
import type { ObjectId, TreeEntry } from '../vcs.ts';
import type { GitParts } from './git-commit.ts';
import { splitMachine } from './git-identity.ts';
import type { GitRepository } from './git-repository.ts';
import type { Around, Contested } from './merge-conflicts.ts';
import { fileMode, parseTree } from './object-format.ts';

/** What the resolution of conflicts asks about both sides, read beforehand. */
export async function surroundings(
  { repository, objects }: GitParts,
  { first, second }: { readonly first: ObjectId; readonly second: ObjectId },
  contested: readonly Contested[],
  directories: ReadonlySet<RepoPath>,
  signal: AbortSignal,
): Promise<Around> {
  if (contested.length === 0) return { machine: () => '', present: () => null, isDirectory: () => false };
  const paths = new Set(contested.map(({ path }) => path));
  const firstMachines = await machinesOn(repository, first, second, paths, signal);
  const secondMachines = await machinesOn(repository, second, first, paths, signal);
  const present = new Map<RepoPath, TreeEntry | 'directory'>();
  for (const folder of new Set(contested.map(({ path }) => parentPath(path)))) {
    for (const side of [first, second]) {
      const tree = await objects.read(Buffer.concat([Buffer.from(`${side}:`), folder ? repoPathBytes(folder) : Buffer.alloc(0)]));
      if (tree?.type !== 'tree') continue;
      for (const { name, mode, id } of parseTree(tree.bytes, tree.id.length / 2)) present.set(joinPath(folder, name), mode === '40000' ? 'directory' : { mode: fileMode(mode), id });
    }
  }
  return {
    machine: (side, path) => (side === 'first' ? firstMachines : secondMachines)(path),
    present: (name) => present.get(name) ?? null,
    isDirectory: (path) => directories.has(path),
  };
}

/** Sides that parted longer ago are named after whom the newest commits are of. */
const MOST_COMMITS = 10_000;

/** Who last changed each path on one side since the sides parted: the machine of the commit's trailer, else its author. */
async function machinesOn(repository: GitRepository, side: ObjectId, other: ObjectId, paths: ReadonlySet<RepoPath>, signal: AbortSignal): Promise<(path: RepoPath) => string> {
  const found = new Map<RepoPath, string>();
  let newest = 'other';
  const format = '%x01%an%x02%B%x03';
  const args = ['log', '-z', '--no-renames', '--name-only', '--no-ext-diff', '--no-textconv', '--no-merges', `--max-count=${MOST_COMMITS}`, `--format=${format}`, side, `^${other}`];
  const output = (await repository.output([...args, '--'], { signal, maxOutputBytes: 512 * 1024 * 1024 })).toString('latin1');
  for (const [at, record] of output.split('\x01').slice(1).entries()) {
    const [, author = '', message = '', names = ''] = /^(.*?)\x02(.*?)\x03(.*)$/s.exec(record) ?? [];
    const machine = Buffer.from(splitMachine(message).machine ?? author, 'latin1').toString('utf8');
    if (at === 0) newest = machine;
    for (const name of names.split('\0')) {
      const path = name.replace(/^\n/, '') as RepoPath;
      if (paths.has(path) && !found.has(path)) found.set(path, machine);
    }
  }
  return (path) => found.get(path) ?? newest;
}
