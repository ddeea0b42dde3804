import type { ObjectId } from '../vcs.ts';
import { updateRef } from './git-branch.ts';
import { addEverything, settleTree, type GitParts } from './git-commit.ts';
import { head, refTip } from './git-head.ts';
import { personEnvironment, withMachine, writeCommit } from './git-identity.ts';
import { beginPrivateIndex } from './git-index.ts';
import { refLocks } from './git-journal.ts';

/** `20260102T030405.678Z`: sorts by time and can stand in a ref. */
const stamp = (nowMs: number): string => new Date(nowMs).toISOString().replace(/[-:]/g, '');

/** The latest snapshot, so that the same state is not kept twice. */
const LATEST = 'refs/lockstep/snap/latest';

/** Keeps the work tree as it is now, whatever the person is in the middle of; null: as at the last snapshot, or as HEAD. */
export async function snapshot(parts: GitParts, signal: AbortSignal): Promise<ObjectId | null> {
  const { repository, objects } = parts;
  const index = await beginPrivateIndex(repository, 'snapshot-index');
  await addEverything(repository, index.file, { held: [], expected: 0 }, signal);
  const now = await head(repository);
  const parent = now.state === 'branch' || now.state === 'detached' ? now.commit : null;
  const parentTree = parent ? (await objects.commit(parent)).tree : null;
  const { tree, changes } = await settleTree(repository, index, parentTree, signal);
  const latest = await refTip(repository, LATEST);
  if (changes.length === 0 || (latest && (await objects.commit(latest)).tree === tree)) return null;
  const commit = await writeCommit(repository, tree, parent ? [parent] : [], withMachine('Snapshot', repository.machine), await personEnvironment(repository), signal);
  await setRef(parts, `refs/lockstep/snap/${stamp(repository.ports.clock.now())}`, commit, 'snapshot');
  await setRef(parts, LATEST, commit, 'snapshot');
  return commit;
}

/** Keeps a commit reachable, whatever becomes of the branch that it was on. */
export async function keep(parts: GitParts, commit: ObjectId, why: string): Promise<void> {
  await setRef(parts, `refs/lockstep/kept/${stamp(parts.repository.ports.clock.now())}-${commit.slice(0, 7)}`, commit, why);
}

async function setRef({ repository, journal }: GitParts, ref: string, commit: ObjectId, why: string): Promise<void> {
  await journal.begin(refLocks(repository, ref));
  const moved = await updateRef(repository, journal, ref, await refTip(repository, ref), commit, `lockstep: ${why}`);
  await journal.end();
  if (moved.outcome !== 'moved') repository.ports.log.warn('ref was not written', { ref, outcome: moved.outcome });
}
