import type { PlannedRef } from '../../../shared/mirror.ts';
import type { Argument } from '../vcs/git/git-credentials.ts';
import type { GitRepository } from '../vcs/git/git-repository.ts';
import { displayUrl } from '../vcs/remote-url.ts';
import { localPath, setDefaultBranch } from './default-branch.ts';
import { distances, fetchTheirs } from './fetch-source.ts';
import type { Seen } from './look.ts';
import { removeLocksAtTarget } from './left-locks.ts';
import { PairTrouble, serverOf } from './pair-trouble.ts';
import type { PersonalGit } from './personal-git.ts';
import { planPush, type PushMove, type PushPlan } from './plan-push.ts';
import { shortName } from './plan-refs.ts';
import { pushRefs, type Taken } from './push-refs.ts';
import { writePushed, type PushedRecord } from './pushed-record.ts';
import { backupName } from './ref-backups.ts';
import { tail, type RefMap } from './ref-map.ts';
import { moveRefs, type RefChange } from './ref-transaction.ts';
import type { PushEndpoint, RunRequest, Trouble } from './repository-pair.ts';
import { bareRepository } from './bare-store.ts';
import { OWN, readStoreRefs, type StoreRefs } from './store-refs.ts';

export interface PushWork {
  readonly repository: GitRepository;
  readonly git: PersonalGit;
  readonly target: PushEndpoint;
  readonly argument: Argument;
  /** The target as last looked at. */
  readonly seen: Seen;
  /** What it should have. */
  readonly wanted: RefMap;
  readonly head: string | null;
  readonly store: StoreRefs;
  readonly known: PushedRecord;
  readonly request: RunRequest;
  /** Comes before the refs, where there is something to push. */
  readonly pushLfs: () => Promise<Trouble | null>;
}

export interface Pushed {
  readonly diverged: readonly PlannedRef[];
  readonly digest: string | null;
  /** Refs that the target did not take, and other notes. */
  readonly troubles: readonly Trouble[];
  /** What the target should show now; null: that cannot be told. */
  readonly seen: Seen | null;
}

/** Brings the target where the store is: what is new, then the default branch, then what is gone. */
export async function pushTarget(work: PushWork, signal: AbortSignal): Promise<Pushed> {
  const plan = await planFor(work, signal);
  const diverged = await keepTheirs(work, plan, signal);
  const renamed = await renameTheirs(work, plan, signal);
  const updates = plan.updates.filter(({ ref }) => !plan.overwrites.some((one) => one.ref === ref) || renamed === null);
  const lfs = updates.length > 0 ? await work.pushLfs() : null;
  const announced = await announce(work, plan, updates);
  const results = await pushRefs(work.repository, work.argument, updates, signal);
  const hasDefault = await followDefault(work, results, signal);
  for (const [ref, taken] of await pushRefs(work.repository, work.argument, plan.deletes, signal)) results.set(ref, taken);
  const moves = [...updates, ...plan.deletes];
  await record(work, announced, moves, results);
  const left = diverged.filter(({ ref }) => results.get(ref)?.how !== 'taken');
  const troubles = [lfs, renamed, ...moves.map(({ ref }) => refusalOf(work.target.url, ref, results.get(ref)))].filter((one) => one !== null);
  return { diverged: left, digest: left.length === 0 ? null : plan.digest, troubles, seen: seenAfter(work, moves, results, hasDefault) };
}

/** What would be pushed; nothing is written. */
export async function planFor({ repository, wanted, seen, known: { pushed, pushing }, request }: Pick<PushWork, 'repository' | 'wanted' | 'seen' | 'known' | 'request'>, signal: AbortSignal): Promise<PushPlan> {
  const odd = [...wanted].flatMap(([ref, to]) => {
    const from = ref.startsWith('refs/heads/') ? seen.refs.get(ref) : undefined;
    return from === undefined || from === to || from === pushed.get(ref) || from === pushing.get(ref) ? [] : [{ ref, from, to }];
  });
  // A tip that the store does not have cannot be a part of what comes.
  const far = await distances(repository, odd, signal);
  return planPush({ wanted, target: seen.refs, pushed, pushing, approved: request.approved, holds: (ref) => far.get(ref)?.leave === 0 });
}

/** Fetches what another hand pushed there, so that it can be listed, and kept before it is pushed over. */
async function keepTheirs({ repository, argument, store, target }: PushWork, plan: PushPlan, signal: AbortSignal): Promise<PlannedRef[]> {
  const wanted = new Map(plan.diverged.flatMap(({ ref, from }) => (from === null ? [] : [[ref, from] as const])));
  const old = [...store.theirs].filter(([ref, id]) => wanted.get(ref) !== id);
  await moveRefs(repository, old.map(([ref, from]): RefChange => ({ ref: `${OWN.theirs}${tail(ref)}`, from, to: null })), signal);
  const missing = [...wanted.keys()].filter((ref) => store.theirs.get(ref) !== wanted.get(ref));
  if (missing.length > 0) {
    await fetchTheirs(repository, argument, missing, signal);
    const { theirs } = await readStoreRefs(repository, signal);
    // It moves just now: nothing is known of it that could be agreed to.
    if (missing.some((ref) => theirs.get(ref) !== wanted.get(ref))) throw new PairTrouble('target', { code: 'locked', params: { path: displayUrl(target.url) } });
  }
  const heads = plan.diverged.flatMap(({ ref, from, to }) => (from !== null && to !== null && ref.startsWith('refs/heads/') ? [{ ref, from, to }] : []));
  const far = await distances(repository, heads, signal);
  return plan.diverged.map((one) => ({ ...one, ...far.get(one.ref) }));
}

/** Before theirs is pushed over: a backup of it here, and where the person wants that a branch of it there. What did not come about is said. */
async function renameTheirs({ repository, argument, request, store, target }: PushWork, plan: PushPlan, signal: AbortSignal): Promise<Trouble | null> {
  if (plan.overwrites.length === 0) return null;
  let atMs = repository.ports.clock.now();
  const taken = new Set(store.backups.map(({ name }) => name));
  while (plan.overwrites.some(({ ref }) => taken.has(backupName(ref, 'target-overwritten', atMs)))) atMs++;
  await moveRefs(repository, plan.overwrites.map(({ ref, from }): RefChange => ({ ref: backupName(ref, 'target-overwritten', atMs), from: null, to: from })), signal);
  if (request.renameTheirs === undefined) return null;
  const several = plan.overwrites.length > 1;
  const moves = plan.overwrites.map(({ ref, from }): PushMove => {
    const folder = ref.startsWith('refs/tags/') ? 'refs/tags/' : 'refs/heads/';
    return { ref: `${folder}${request.renameTheirs}${several ? `-${shortName(ref)}` : ''}`, from: null, to: from };
  });
  // Its own name, or one that the source has, would be pushed over a moment later.
  const clash = moves.find(({ ref }) => store.refs.has(ref) || plan.overwrites.some((one) => one.ref === ref));
  if (clash) return { code: 'remote-rejected', params: { branch: shortName(clash.ref), detail: 'a branch of that name is kept there' } };
  const results = await pushRefs(repository, argument, moves, signal);
  const refused = moves.find(({ ref }) => results.get(ref)?.how !== 'taken');
  if (!refused) return null;
  const result = results.get(refused.ref);
  return result?.how === 'refused' ? refusalOf(target.url, refused.ref, result) : { code: 'remote-rejected', params: { branch: shortName(refused.ref), detail: 'the target has a branch of that name already' } };
}

/** Written before anything is pushed: whatever is met at the target later, it is known whose doing it was. */
async function announce({ repository, known }: PushWork, plan: PushPlan, updates: readonly PushMove[]): Promise<PushedRecord> {
  const pushing = new Map(updates.flatMap(({ ref, to }) => (to === null ? [] : [[ref, to] as const])));
  const record = { pushed: changed(known.pushed, plan.pushed), pushing };
  if (pushing.size > 0 || plan.pushed.size > 0 || known.pushing.size > 0) await writePushed(repository.ports.files, repository.place.gitDir, record);
  return record;
}

function changed(before: RefMap, changes: Iterable<readonly [string, string | null]>): Map<string, string> {
  const after = new Map(before);
  for (const [ref, to] of changes) {
    if (to === null) after.delete(ref);
    else after.set(ref, to);
  }
  return after;
}

/** A lock at a target on this machine, of a push of ours that was killed, would hold every later one. */
export async function clearTarget({ repository, target, known }: Pick<PushWork, 'repository' | 'target' | 'known'>): Promise<void> {
  const path = localPath(target.url);
  if (path !== null && known.pushing.size > 0) await removeLocksAtTarget(bareRepository(repository, path), [...new Set([...known.pushing.keys(), ...known.pushed.keys()])]);
}

async function followDefault(work: PushWork, results: ReadonlyMap<string, Taken>, signal: AbortSignal): Promise<boolean> {
  const { head, seen, wanted } = work;
  if (head === null || head === seen.head || !wanted.has(head)) return false;
  if (!seen.refs.has(head) && results.get(head)?.how !== 'taken') return false;
  return setDefaultBranch({ files: work.repository.ports.files, git: work.git }, work.target, head, signal);
}

/** What was heard of is settled; of the rest it stays known that it was on the way. */
async function record({ repository }: PushWork, { pushed, pushing }: PushedRecord, moves: readonly PushMove[], results: ReadonlyMap<string, Taken>): Promise<void> {
  if (moves.length === 0) return;
  const taken = moves.filter(({ ref }) => results.get(ref)?.how === 'taken').map(({ ref, to }) => [ref, to] as const);
  const waiting = new Map([...pushing].filter(([ref]) => !results.has(ref)));
  await writePushed(repository.ports.files, repository.place.gitDir, { pushed: changed(pushed, taken), pushing: waiting });
}

function refusalOf(url: string, ref: string, taken: Taken | undefined): Trouble | null {
  if (taken?.how === 'taken') return null;
  // Another hand was faster, or nothing was heard: it is met by the next run.
  if (taken === undefined || taken.how === 'moved') return { code: 'locked', params: { path: serverOf(url), branch: shortName(ref) } };
  if (taken.how === 'current') return { code: 'default-branch-kept', params: { branch: shortName(ref) } };
  return { code: 'remote-rejected', params: { server: serverOf(url), branch: shortName(ref), detail: taken.detail } };
}

function seenAfter({ seen, head }: PushWork, moves: readonly PushMove[], results: ReadonlyMap<string, Taken>, hasDefault: boolean): Seen | null {
  if (moves.some(({ ref }) => results.get(ref)?.how !== 'taken')) return null;
  const refs = new Map(seen.refs);
  for (const { ref, to } of moves) {
    if (to === null) refs.delete(ref);
    else refs.set(ref, to);
  }
  return { ...seen, refs, head: hasDefault ? head : seen.head };
}
