import type { RepoPath } from '../../repo-path.ts';
import type { ObjectId, TreeEntry } from '../vcs.ts';
import { applyToIndex } from './git-index.ts';
import type { GitRepository } from './git-repository.ts';

/** A tree with other entries at some paths; null as tree: the empty one. Worked out in an index of its own. */
export async function treeFrom(repository: GitRepository, tree: ObjectId | null, entries: ReadonlyMap<RepoPath, TreeEntry | null>, signal: AbortSignal): Promise<ObjectId> {
  if (tree !== null && entries.size === 0) return tree;
  const index = await emptyIndex(repository, 'scratch-index');
  if (tree !== null) await repository.output(['read-tree', tree], { index, signal });
  await applyToIndex(repository, index, [...entries].map(([path, after]) => ({ path, before: null, after })), signal, tree?.length);
  return (await repository.output(['write-tree'], { index, signal })).toString('latin1').trim();
}

/** The name of an index file that is not there yet. */
async function emptyIndex(repository: GitRepository, name: string): Promise<string> {
  const file = repository.own(name);
  for (const stale of [file, `${file}.lock`]) if (await repository.ports.files.stat(stale)) await repository.ports.files.remove(stale);
  return file;
}
