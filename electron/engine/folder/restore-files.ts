import { LockstepError } from '../errors.ts';
import { displayPath } from '../repo-path.ts';
import type { ObjectId, TreeChange } from '../vcs/vcs.ts';
import { applyMarked } from './apply-marked.ts';
import { holdsUs } from './examine.ts';
import type { FolderContext } from './folder-context.ts';
import { rootFinding } from './root-check.ts';

/** Somebody who saves while files come back is given way to this often, then the person is told. */
const TRIES = 3;

/**
 * Brings every file of the newest commit back that vanished or changed since; new files stay. What is here now is kept as a
 * snapshot first. Gives how many files came back. Throws the code of what is in the way; `not-available` when files do not come to rest.
 */
export async function restoreFiles(context: FolderContext, signal: AbortSignal): Promise<number> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const head = await usableHead(context);
    const present = await presentState(context, signal);
    if (present === null) return 0;
    const changes = (await context.vcs.diff(present, head, signal)).filter(isFileOfHead);
    const applied = await applyMarked(context, { from: present, to: head, changes, machine: context.machine.name }, signal);
    if (applied.outcome === 'trouble') throw new LockstepError(applied.code, { path: displayPath(applied.path) });
    if (applied.outcome === 'applied') {
      context.record({ what: 'restored', why: 'asked', commit: head, paths: applied.written.slice(0, 20).map((path) => displayPath(path)), params: { files: applied.written.length } });
      return applied.written.length;
    }
  }
  throw new LockstepError('not-available', { folder: context.settings().name });
}

async function usableHead(context: FolderContext): Promise<ObjectId> {
  const guard = await context.vcs.guard();
  const finding = (await rootFinding(context)) ?? (guard && holdsUs(guard) ? guard : null);
  if (finding) throw new LockstepError(finding.code, finding.params);
  const head = await context.vcs.head();
  if (head.state !== 'branch') throw new LockstepError('no-branch', {});
  return head.commit;
}

/** The work tree as it is now, kept: its newest snapshot. Null: it is as the newest commit has it. */
async function presentState({ vcs }: FolderContext, signal: AbortSignal): Promise<ObjectId | null> {
  const kept = await vcs.snapshot(signal);
  if (kept !== null) return kept;
  return (await vcs.setAside()).find(({ why }) => why === 'snapshot')?.commit ?? null;
}

const isFileOfHead = ({ after }: TreeChange): boolean => after !== null && after.mode !== '160000';
