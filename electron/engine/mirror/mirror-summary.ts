import { mirrorTier } from '../../../shared/mirror-problem.ts';
import type { MirroredRepository, MirrorSettings, MirrorState, MirrorSummary } from '../../../shared/mirror.ts';
import { displayUrl } from '../vcs/remote-url.ts';
import type { MirrorRecords } from './record-file.ts';
import type { RepositoryRecord } from './repository-record.ts';

/** The one that needs most attention stands for all. */
const LOUDEST_FIRST: readonly MirrorState[] = ['needs-approval', 'diverged', 'unavailable', 'syncing', 'behind', 'ahead', 'never-synced', 'in-sync', 'empty', 'paused'];
/** A poll that is late is no fault; two missed ones are. */
const MISSED = 2;
/** As many as a list of what waits shows at once. */
const FIRST = 20;

export interface Moment {
  readonly running: MirrorSummary['running'];
  readonly nextRunAt: string | null;
  readonly revision: number;
}

/** What hosts see of a mirror at all times: counts, and the first few that need a person. */
export function summarize(settings: MirrorSettings, records: MirrorRecords, placeOf: (record: RepositoryRecord) => string, moment: Moment): MirrorSummary {
  const { id, name, options } = settings;
  const counts: Partial<Record<MirrorState, number>> = {};
  for (const { state } of records.repositories) counts[state] = (counts[state] ?? 0) + 1;
  const waiting = records.repositories.filter(needsPerson);
  return {
    id,
    name,
    source: sourceName(settings),
    target: targetName(settings),
    how: options.how,
    every: options.every,
    options,
    state: wholeState(settings, records, moment),
    problem: records.problem,
    counts,
    total: records.repositories.length,
    ...moment,
    lastRunAt: records.lastRunAt,
    lastHook: records.lastHook,
    waiting: { total: waiting.length, first: waiting.slice(0, FIRST).map((record) => shown(record, placeOf)) },
  };
}

/** A record as it is shown. */
export const shown = (record: RepositoryRecord, placeOf: (record: RepositoryRecord) => string): MirroredRepository => {
  const { name, state, refs, lastSync, lastMoved, archived, problem } = record;
  return { name, state, refs, lastSync, lastMoved, archived, path: placeOf(record), problem };
};

/** Whether a person is needed: something waits for a yes or a repair, or it does not heal by itself. */
export function needsPerson({ state, problem, failures }: RepositoryRecord): boolean {
  if (state === 'needs-approval' || state === 'diverged' || state === 'ahead') return true;
  if (!problem) return false;
  const tier = mirrorTier(problem.code);
  return tier === 'waiting' || (tier === 'retrying' && failures >= MISSED);
}

function wholeState({ options }: MirrorSettings, { problem, repositories, lastRunAt }: MirrorRecords, { running }: Moment): MirrorState {
  if (options.paused) return 'paused';
  if (running) return 'syncing';
  const states = new Set(repositories.map(({ state }) => state));
  if (problem && mirrorTier(problem.code) !== 'note') return problem.code === 'listing-shrank' ? 'needs-approval' : 'unavailable';
  // Nothing matched: that is no fault, and there is nothing to copy.
  if (repositories.length === 0) return lastRunAt === null ? 'never-synced' : 'empty';
  return LOUDEST_FIRST.find((state) => states.has(state)) ?? 'never-synced';
}

function sourceName({ source }: Pick<MirrorSettings, 'source'>): string {
  return source.kind === 'owner' ? `${source.account}/${source.owner}` : displayUrl(source.url);
}

export function targetName({ target }: Pick<MirrorSettings, 'target'>): string {
  if (target.kind === 'directory') return target.path;
  return target.kind === 'remote' ? displayUrl(target.url) : `${target.account}/${target.owner}`;
}
