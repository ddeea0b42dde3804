import type { ObjectId, TreeChange } from '../vcs.ts';
import type { GitRepository } from './git-repository.ts';
import { RawDiffParser } from './object-format.ts';

/** Known to git without being stored, under either hash. */
const EMPTY_TREE = { sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904', sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321' };

export async function emptyTree(repository: GitRepository): Promise<ObjectId> {
  return (await repository.configValue('extensions.objectformat')) === 'sha256' ? EMPTY_TREE.sha256 : EMPTY_TREE.sha1;
}

/** Differences of two commits or trees; null: the empty tree. Sorted by path, as git's own order is that of bytes. */
export async function diffTrees(repository: GitRepository, before: ObjectId | null, after: ObjectId | null, signal: AbortSignal): Promise<readonly TreeChange[]> {
  if (before === after) return [];
  const parser = new RawDiffParser();
  const empty = await emptyTree(repository);
  await repository.output(['diff-tree', '-r', '-z', '--raw', '--no-renames', '--full-index', '--ignore-submodules=none', '--end-of-options', before ?? empty, after ?? empty], {
    signal,
    onOutput: (chunk) => parser.push(chunk),
  });
  return parser.changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}
