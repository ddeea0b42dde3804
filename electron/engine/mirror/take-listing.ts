import { LockstepError } from '../errors.ts';
import type { Choice } from './choose-repositories.ts';
import type { ForgeRepository } from './forges/forge.ts';
import { problemOf } from './mirror-trouble.ts';
import { newRecord, type RepositoryRecord } from './repository-record.ts';
import { storeName } from './store-name.ts';

/**
 * The records after a listing that was read to its end: what the forge says of the known ones, the new ones each with a
 * place (none of `others`), and those that are gone marked so. Nothing is ever dropped: a copy is not given up because a list lacks it.
 */
export function takeListing(records: readonly RepositoryRecord[], choice: Choice, nowIso: string, others: Iterable<string> = []): RepositoryRecord[] {
  const listed = new Map(choice.known.map(({ record, listed: one }) => [record.key, one]));
  const gone = new Set(choice.shrank ? [] : choice.missing.map(({ key }) => key));
  const kept = records.map((record) => {
    const now = listed.get(record.key);
    if (now) return refreshed(record, now);
    return gone.has(record.key) ? markedGone(record, nowIso) : record;
  });
  const taken = new Set([...others, ...kept.map(({ store }) => store)]);
  const fresh = choice.fresh.map((one) => {
    const record = placed(one, taken, nowIso);
    taken.add(record.store);
    return record;
  });
  return [...kept, ...fresh];
}

const told = ({ name, cloneUrl, archived, private: isPrivate, description, defaultBranch, bytes }: ForgeRepository) => ({ name, url: cloneUrl, archived, private: isPrivate, description, defaultBranch, bytes });

function refreshed(record: RepositoryRecord, listed: ForgeRepository): RepositoryRecord {
  const back = record.gone ? { gone: false, problem: null, state: record.lastSync === null ? ('never-synced' as const) : ('behind' as const), notBefore: null } : {};
  return { ...record, ...told(listed), ...back };
}

/** The list was read to its end and lacks it. Its copy stays as it is. */
const markedGone = (record: RepositoryRecord, nowIso: string): RepositoryRecord => ({ ...record, gone: true, state: 'unavailable', problem: problemOf({ code: 'remote-gone', params: { repository: record.name } }, record.problem, nowIso) });

function placed(listed: ForgeRepository, taken: ReadonlySet<string>, nowIso: string): RepositoryRecord {
  const known = { key: listed.id, ...told(listed) };
  try {
    return newRecord({ ...known, store: storeName(listed.name, taken) });
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    // Without a place; it is shown, and left out of every run.
    return newRecord({ ...known, store: '', state: 'unavailable', problem: problemOf({ code: 'name-refused', params: error.params }, null, nowIso) });
  }
}
