import { LockstepError } from '../errors.ts';
import type { Argument } from '../vcs/git/git-credentials.ts';
import type { GitRepository } from '../vcs/git/git-repository.ts';
import { bareRepository, isThere, makeStore, ownDirectory } from './bare-store.ts';
import { keepHouse } from './keep-house.ts';
import { removeLeftLocks } from './left-locks.ts';
import { fetchLfs, lfsSwitchedOff, pushLfs, usesLfs } from './lfs.ts';
import { argumentFor, look, type Seen } from './look.ts';
import { PairTrouble } from './pair-trouble.ts';
import { clearTarget, pushTarget, type Pushed } from './push-target.ts';
import { readPushed } from './pushed-record.ts';
import { refusePushes } from './read-only-hook.ts';
import type { MirrorTools } from './mirror-tools.ts';
import type { PushEndpoint, RepositoryPair, RunRequest, Standing, Trouble } from './repository-pair.ts';
import { isAtRest, NOTHING, optionsDigest, readSeen, sideDigest, standingOf, storeStamp } from './standing.ts';
import { lockStore } from './store-lock.ts';
import { takeIn, type TakenIn } from './take-in.ts';

/** For another run of the same store; whoever asked comes again later. */
const WAIT_MS = 10_000;

interface Looked {
  readonly source: Seen;
  readonly target: Seen | null;
}

/** One run: looks at both sides; where something moved, takes it in and hands it on. Throws a `PairTrouble`. */
export async function runPair(tools: MirrorTools, pair: RepositoryPair, request: RunRequest, seen: string | null, signal: AbortSignal): Promise<Standing> {
  const there = await isThere(tools.ports.files, pair);
  const looked: Looked = { source: await look(tools, pair.source, 'source', signal), target: pair.target && (await look(tools, pair.target, 'target', signal)) };
  if (!there && looked.source.refs.size === 0) return NOTHING;
  const rested = request.approved === null && there ? await asBefore(tools, pair, looked, seen) : null;
  if (rested) return rested;
  if (!there) return runNew(tools, pair, looked, request, signal);
  return withLock(tools, pair, signal, (repository) => runIn(tools, pair, { repository, looked, request, isNew: false }, signal));
}

/** Null: something moved, or nothing is known. */
async function asBefore(tools: MirrorTools, pair: RepositoryPair, { source, target }: Looked, seen: string | null): Promise<Standing | null> {
  const before = readSeen(seen);
  if (!before || before.source !== sideDigest(source) || before.target !== (target && sideDigest(target)) || before.options !== optionsDigest(pair)) return null;
  if (before.store !== (await storeStamp(tools.ports.files, pair.store))) return null;
  return { ...NOTHING, ...before.standing, seen };
}

/** The first copy: taken in beside its place, then pushed from there. */
async function runNew(tools: MirrorTools, pair: RepositoryPair, looked: Looked, request: RunRequest, signal: AbortSignal): Promise<Standing> {
  const { source } = looked;
  const argument = await argumentFor(tools.ports, pair.source);
  let taken: TakenIn | null = null;
  const objectFormat = [...source.refs.values()].some((id) => id.length === 64) ? 'sha256' : 'sha1';
  await makeStore(tools, pair, objectFormat, async (repository) => {
    taken = await takeIn(repository, { source, argument, policy: pair.options, approved: null, isNew: true }, signal);
    // Loose refs were written without waiting for the disk, this is.
    await repository.output(['pack-refs', '--all'], { signal });
  }, signal);
  return withLock(tools, pair, signal, (repository) => runIn(tools, pair, { repository, looked, request, isNew: true, taken }, signal));
}

interface Work {
  readonly repository: GitRepository;
  readonly looked: Looked;
  readonly request: RunRequest;
  readonly isNew: boolean;
  /** Done already. */
  readonly taken?: TakenIn | null;
}

async function runIn(tools: MirrorTools, pair: RepositoryPair, work: Work, signal: AbortSignal): Promise<Standing> {
  const { repository, looked, request } = work;
  if (pair.isLocalMirror) await refusePushes(tools.ports.files, pair.store);
  const source = await argumentFor(tools.ports, pair.source);
  const taken = work.taken ?? (await takeIn(repository, { source: looked.source, argument: source, policy: pair.options, approved: request.approved, isNew: false }, signal));
  const lfs = await bringLfs(repository, pair, taken, source, signal);
  const pushed = pair.target && looked.target ? await handOn({ tools, pair, target: pair.target, seen: looked.target }, work, taken, lfs, signal) : null;
  await keepHouse(repository, { moved: taken.moved.length, backups: taken.store.backups, keepDays: pair.options.keepDays }, signal);
  const standing = standingOf({
    refs: taken.refs.size,
    head: taken.head,
    moved: taken.moved,
    held: taken.held,
    diverged: pushed?.diverged ?? [],
    divergedDigest: pushed?.digest ?? null,
    troubles: [...(pushed?.troubles ?? []), ...(lfs.trouble ? [lfs.trouble] : []), ...taken.notes],
  });
  const target = pair.target ? (pushed?.seen ?? null) : null;
  if (!isAtRest(standing, pair.options) || (pair.target && !target)) return standing;
  const { moved: _moved, held: _held, seen: _seen, ...kept } = standing;
  const seen = { source: sideDigest(looked.source), target: target && sideDigest(target), store: await storeStamp(tools.ports.files, pair.store), options: optionsDigest(pair), standing: kept };
  return { ...standing, seen: JSON.stringify(seen) };
}

interface Lfs {
  readonly used: boolean;
  readonly trouble: Trouble | null;
}

/** After the refs have moved: they are the copy, and large files that cannot be had are only said. */
async function bringLfs(repository: GitRepository, { options }: RepositoryPair, { refs, head, moved }: TakenIn, source: Argument, signal: AbortSignal): Promise<Lfs> {
  if (!options.lfs && moved.length === 0 && refs.size === 0) return { used: false, trouble: null };
  if (!(await usesLfs(repository, refs, head, signal))) return { used: false, trouble: null };
  return { used: true, trouble: options.lfs ? await fetchLfs(repository, source, signal) : lfsSwitchedOff() };
}

interface Handing {
  readonly tools: MirrorTools;
  readonly pair: RepositoryPair;
  readonly target: PushEndpoint;
  readonly seen: Seen;
}

async function handOn({ tools, pair, target, seen }: Handing, { repository, request }: Work, taken: TakenIn, lfs: Lfs, signal: AbortSignal): Promise<Pushed> {
  const argument = await argumentFor(tools.ports, target);
  const known = await readPushed(tools.ports.files, pair.store);
  await clearTarget({ repository, target, known });
  const pushFiles = async (): Promise<Trouble | null> => (pair.options.lfs && lfs.used && !lfs.trouble ? pushLfs(repository, argument, signal) : null);
  return pushTarget({ repository, git: tools.git, target, argument, seen, wanted: taken.refs, head: taken.head, store: taken.store, known, request, pushLfs: pushFiles }, signal);
}

async function withLock(tools: MirrorTools, { store }: RepositoryPair, signal: AbortSignal, work: (repository: GitRepository) => Promise<Standing>): Promise<Standing> {
  const lock = await lockStore(tools.ports, ownDirectory(store), WAIT_MS, signal);
  if (!lock.held && signal.aborted) throw new LockstepError('cancelled');
  if (!lock.held) throw new PairTrouble('store', { code: 'locked', params: { path: store } });
  const repository = bareRepository(tools, store);
  try {
    if (lock.tookOver && !(await removeLeftLocks(repository))) throw new PairTrouble('store', { code: 'locked', params: { path: store } });
    return await work(repository);
  } catch (error) {
    // Whatever git was stopped at, or stumbled over, is out of the way of the next run.
    if (!(error instanceof PairTrouble) || error.side === 'store') await removeLeftLocks(repository);
    throw error;
  } finally {
    await lock.release();
  }
}
