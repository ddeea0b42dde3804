import { joinPath, parentPath, repoPathBytes, type RepoPath } from '../../repo-path.ts';
import type { ObjectId, TreeEntry } from '../vcs.ts';
import type { GitParts } from './git-commit.ts';
import { splitMachine } from './git-identity.ts';
import type { GitRepository } from './git-repository.ts';
import type { Around, Contested } from './merge-conflicts.ts';
import { fileMode, parseTree } from './object-format.ts';
import { directoriesOf } from './three-way.ts';

/** A merge as far as it is decided: the tree to begin from, and what it has to hold instead at some paths. */
export interface Undecided {
  readonly tree: ObjectId;
  readonly entries: ReadonlyMap<RepoPath, TreeEntry | null>;
  readonly contested: readonly Contested[];
}

/** What the resolution of conflicts asks about its surroundings, read beforehand. */
export async function surroundings(
  { repository, objects }: GitParts,
  { first, second }: { readonly first: ObjectId; readonly second: ObjectId },
  { tree, entries, contested }: Undecided,
  signal: AbortSignal,
): Promise<Around> {
  if (contested.length === 0) return { machine: () => '', present: () => null, isDirectory: () => false };
  const paths = new Set(contested.map(({ path }) => path));
  const firstMachines = await machinesOn(repository, first, second, paths, signal);
  const secondMachines = await machinesOn(repository, second, first, paths, signal);
  const files = new Map<RepoPath, TreeEntry | null>();
  const folders = new Set<RepoPath>();
  for (const folder of new Set(contested.map(({ path }) => parentPath(path)))) {
    for (const treeish of [first, second, tree]) {
      const read = await objects.read(Buffer.concat([Buffer.from(`${treeish}:`), folder ? repoPathBytes(folder) : Buffer.alloc(0)]));
      if (read?.type !== 'tree') continue;
      for (const { name, mode, id } of parseTree(read.bytes, read.id.length / 2)) {
        if (mode === '40000') folders.add(joinPath(folder, name));
        // What a side has there and the merge has not, the merge has taken away.
        else if (treeish === tree) files.set(joinPath(folder, name), { mode: fileMode(mode), id });
      }
    }
  }
  for (const [path, entry] of entries) files.set(path, entry);
  const directories = directoriesOf([...entries].flatMap(([path, entry]) => (entry ? [path] : [])), paths);
  return {
    machine: (side, path) => (side === 'first' ? firstMachines : secondMachines)(path),
    present: (name) => (folders.has(name) ? 'directory' : (files.get(name) ?? null)),
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
