import type { MirrorPlan, MirrorSettings, PlannedRepository } from '../../../shared/mirror.ts';
import { inParallel } from '../watch/in-parallel.ts';
import { pairOf } from './endpoints.ts';
import { lookAtOwner } from './listing.ts';
import { nowOf, type MirrorDeps } from './mirror-deps.ts';
import type { MirrorRepositories } from './mirror-repositories.ts';
import { anyTrouble, problemOf } from './mirror-trouble.ts';
import { oneName } from './one-name.ts';
import { newRecord, type RepositoryRecord } from './repository-record.ts';
import { storeName } from './store-name.ts';
import { takeListing } from './take-listing.ts';

const AT_ONCE = 8;

/** What the next run would do, down to the refs. Nothing is written: not here, not at the target, not even to the records. */
export async function previewMirror(deps: MirrorDeps, settings: MirrorSettings, repositories: MirrorRepositories, signal: AbortSignal): Promise<MirrorPlan> {
  const { records, left } = await wouldBe(deps, settings, repositories, signal);
  const plans = await inParallel(records, AT_ONCE, async (record) => {
    const leave = await deps.places.enter(signal);
    try {
      return await previewOne(deps, settings, record, signal);
    } finally {
      leave();
    }
  });
  return { repos: [...plans, ...left] };
}

/** The records as they would be after a listing, and what that would leave out. */
async function wouldBe(deps: MirrorDeps, settings: MirrorSettings, repositories: MirrorRepositories, signal: AbortSignal): Promise<{ records: readonly RepositoryRecord[]; left: readonly PlannedRepository[] }> {
  const { source } = settings;
  const taken = deps.takenBeside(settings);
  const known = repositories.all();
  if (source.kind !== 'owner') return { records: known.length > 0 ? known : [newRecord({ key: source.url, name: oneName(source.url), url: source.url, store: storeName(oneName(source.url), taken) })], left: [] };
  const first = repositories.records.listedAt === null;
  const choice = await lookAtOwner(await deps.accounts.forge(source.account), source, known, first || source.syncNew, signal);
  const left = choice.skipped.map(({ name, why }) => ({ name, action: 'skip' as const, why, refs: [], problem: null }));
  return { records: takeListing(known, choice, nowOf(deps), taken), left };
}

async function previewOne(deps: MirrorDeps, settings: MirrorSettings, record: RepositoryRecord, signal: AbortSignal): Promise<PlannedRepository> {
  if (record.gone || record.store === '') return { name: record.name, action: 'skip', why: record.gone ? 'gone' : 'unsafe-name', refs: [], problem: record.problem };
  try {
    const mirror = deps.open(await pairOf(deps, settings, record, { makes: false }, signal), null);
    const { action, why, refs, problem } = await mirror.preview(signal);
    return { name: record.name, action, ...(why === undefined ? {} : { why }), refs: [...refs], problem: problem && problemOf(problem, record.problem, nowOf(deps)) };
  } catch (error) {
    const trouble = anyTrouble(deps.ports, error);
    return { name: record.name, action: 'skip', why: 'unavailable', refs: [], problem: problemOf(trouble, record.problem, nowOf(deps)) };
  }
}
