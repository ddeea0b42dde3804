import { LockstepError } from '../../errors.ts';
import type { ObjectId, SetAsideState } from '../vcs.ts';
import { updateRef } from './git-branch.ts';
import { addEverything, settleTree, type GitParts } from './git-commit.ts';
import { head, refTip } from './git-head.ts';
import { personEnvironment, withMachine, writeCommit } from './git-identity.ts';
import { beginPrivateIndex } from './git-index.ts';
import { refLocks } from './git-journal.ts';
import type { GitRepository } from './git-repository.ts';

const PLACES: Readonly<Record<SetAsideState['why'], string>> = { snapshot: 'refs/lockstep/snap/', 'remote-history': 'refs/lockstep/kept/', 'mass-change': 'refs/lockstep/before/' };
const REASONS = Object.keys(PLACES) as SetAsideState['why'][];
/** The latest snapshot, so that the same state is not kept twice. */
const LATEST = `${PLACES.snapshot}latest`;

/** `20260102T030405.678Z`: sorts by time and can stand in a ref. */
const stamp = (nowMs: number): string => new Date(nowMs).toISOString().replace(/[-:]/g, '');
const STAMPED = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d\.\d+Z)(?:-[0-9a-f]+)?$/;

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
  await setRef(parts, `${PLACES.snapshot}${stamp(repository.ports.clock.now())}`, commit, 'snapshot');
  await setRef(parts, LATEST, commit, 'snapshot');
  return commit;
}

/** Keeps a commit reachable, whatever becomes of the branch that it was on. */
export async function keep(parts: GitParts, commit: ObjectId, why: string, as: Exclude<SetAsideState['why'], 'snapshot'> = 'remote-history'): Promise<void> {
  if ((await setAside(parts.repository)).some((kept) => kept.why === as && kept.commit === commit)) return;
  await setRef(parts, `${PLACES[as]}${stamp(parts.repository.ports.clock.now())}-${commit.slice(0, 7)}`, commit, why);
}

/** The states that are kept, newest first. Their names are the ends of their refs. */
export async function setAside(repository: GitRepository): Promise<readonly SetAsideState[]> {
  const listed = await repository.output(['for-each-ref', '--format=%(objectname) %(refname)', ...Object.values(PLACES)]);
  const states = listed.toString('latin1').split('\n').flatMap((line) => stateOf(line) ?? []);
  return states.sort((a, b) => b.atMs - a.atMs);
}

function stateOf(line: string): SetAsideState | null {
  const [commit = '', ref = ''] = line.split(' ');
  const why = REASONS.find((reason) => ref.startsWith(PLACES[reason]));
  if (why === undefined) return null;
  const name = ref.slice(PLACES[why].length);
  const [, year, month, day, hour, minute, second] = STAMPED.exec(name) ?? [];
  if (second === undefined) return null;
  return { name: `${why}-${name}`, why, atMs: Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}`), commit };
}

/** Removes the ref, if it still is where it was when it was listed. */
export async function letGo({ repository, journal }: GitParts, { name, why, commit }: SetAsideState): Promise<void> {
  const ref = `${PLACES[why]}${name.slice(why.length + 1)}`;
  await journal.begin(refLocks(repository, ref));
  const args = ['update-ref', '-d', ref, commit];
  const end = await repository.call(args);
  if (end.ended !== 'exit') await journal.removeLeftovers();
  await journal.end();
  if (end.ended !== 'exit' || end.code !== 0) throw repository.surprise(args, end);
}

/** Throws when it could not be written: whoever keeps something is about to do what could lose it. */
async function setRef({ repository, journal }: GitParts, ref: string, commit: ObjectId, why: string): Promise<void> {
  await journal.begin(refLocks(repository, ref));
  const moved = await updateRef(repository, journal, ref, await refTip(repository, ref), commit, `lockstep: ${why}`);
  await journal.end();
  if (moved.outcome === 'surprise') throw moved.error;
  if (moved.outcome === 'trouble') throw new LockstepError(moved.finding.code, moved.finding.params);
  if (moved.outcome !== 'moved') repository.ports.log.warn('ref was not written', { ref, outcome: moved.outcome });
}
