import type { ApplyOutcome, ApplyRequest } from '../apply/applier.ts';
import { parseDisplayPath, type RepoPath } from '../repo-path.ts';
import type { FolderContext } from './folder-context.ts';

/** Applies with the watcher told, so that what we write is not taken for the person's. */
export async function applyMarked(context: FolderContext, request: ApplyRequest, signal: AbortSignal): Promise<ApplyOutcome> {
  const held = context.facts().held.map(({ path }) => parseDisplayPath(path));
  context.ownWrites.begin();
  let outcome: ApplyOutcome | null = null;
  try {
    outcome = await context.applier.apply({ ...request, held }, signal);
    // No commit ever takes these in, so it is not waited for.
    const unlooked = outcome.outcome === 'local-changes' ? await context.vcs.unlooked(outcome.paths) : new Set<RepoPath>();
    if (unlooked.size > 0) outcome = await context.applier.apply({ ...request, held, unlooked }, signal);
    // Where nothing is committed, waiting for a commit would never end: the local version goes beside.
    if (outcome.outcome === 'local-changes' && !context.settings().options.commit) {
      outcome = await context.applier.apply({ ...request, unlooked, held: [...held, ...outcome.paths] }, signal);
    }
    return outcome;
  } finally {
    await context.ownWrites.end(outcome?.outcome === 'applied' ? outcome.written : []);
  }
}
