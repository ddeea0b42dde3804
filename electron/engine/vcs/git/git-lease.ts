import type { ObjectId } from '../vcs.ts';
import type { GitParts } from './git-commit.ts';

/** Nearly always the commit is among these; each is asked for in a tenth of a millisecond. */
const LOOKED_AT = 64;

/**
 * Options by which a push is refused unless the remote's branch still is where it was: a branch that is gone there is not
 * made again. git lets such a push be more than a fast-forward, so it is only given where ours holds theirs: then there
 * is nothing that it could undo. Null: ours does not hold what the remote had.
 */
export async function leaseOptions(parts: GitParts, ref: string, since: ObjectId | null, tip: ObjectId): Promise<string[] | null> {
  if (since === null) return [];
  return (await holds(parts, tip, since)) ? [`--force-with-lease=${ref}:${since}`] : null;
}

/** Whether one commit's history holds another. */
async function holds({ repository, objects }: GitParts, tip: ObjectId, wanted: ObjectId): Promise<boolean> {
  const seen = new Set([tip]);
  for (const id of seen) {
    if (id === wanted) return true;
    if (seen.size > LOOKED_AT) break;
    for (const parent of (await objects.findCommit(id))?.parents ?? []) seen.add(parent);
  }
  if (seen.has(wanted)) return true;
  const end = await repository.call(['merge-base', '--is-ancestor', wanted, tip]);
  return end.ended === 'exit' && end.code === 0;
}
