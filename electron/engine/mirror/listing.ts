import type { MirrorSource } from '../../../shared/mirror.ts';
import { LockstepError } from '../errors.ts';
import { chooseRepositories, type Choice } from './choose-repositories.ts';
import type { Forge, ForgeRepository } from './forges/forge.ts';
import { namePattern } from './name-pattern.ts';
import type { RepositoryRecord } from './repository-record.ts';

type OwnerSource = Extract<MirrorSource, { kind: 'owner' }>;

/** No owner has so many; a server that never ends its pages is none to wait for. */
const MOST_REPOSITORIES = 200_000;
/** Those that left a list are asked for one by one, whether they have moved to another owner; not endlessly. */
const MOST_LOOKUPS = 20;

/** The whole list of an owner, or nothing: throws when it was not read to its end. */
export async function readListing(forge: Forge, owner: string, signal: AbortSignal): Promise<ForgeRepository[]> {
  const all: ForgeRepository[] = [];
  try {
    for await (const page of forge.list(owner, signal)) {
      all.push(...page);
      if (all.length > MOST_REPOSITORIES) throw new LockstepError('listing-failed', { detail: `it has no end after ${MOST_REPOSITORIES}` });
    }
  } catch (error) {
    // The server was there a moment ago: what is missing is the rest of its list.
    if (all.length > 0 && error instanceof LockstepError && (error.code === 'offline' || error.code === 'timeout')) throw new LockstepError('listing-failed', { ...error.params, detail: `it broke off after ${all.length}` }, { cause: error });
    throw error;
  }
  return all;
}

/** What a fresh listing means for a mirror. `takesNew`: the first one, or the mirror is to follow. */
export async function lookAtOwner(forge: Forge, source: OwnerSource, records: readonly RepositoryRecord[], takesNew: boolean, signal: AbortSignal): Promise<Choice> {
  const match = namePattern(source.match);
  const listing = await readListing(forge, source.owner, signal);
  const choice = chooseRepositories(listing, records, source, match, takesNew);
  if (choice.shrank || choice.missing.length === 0 || !forge.byId) return choice;
  const moved = await movedElsewhere(forge.byId, choice.missing.slice(0, MOST_LOOKUPS), signal);
  if (moved.length === 0) return choice;
  const keys = new Set(moved.map(({ record }) => record.key));
  return { ...choice, known: [...choice.known, ...moved], missing: choice.missing.filter(({ key }) => !keys.has(key)) };
}

/** Handed to another owner: it is still the same repository, and the mirror goes on with it. */
async function movedElsewhere(byId: NonNullable<Forge['byId']>, missing: readonly RepositoryRecord[], signal: AbortSignal): Promise<Choice['known'][number][]> {
  const moved: Choice['known'][number][] = [];
  for (const record of missing) {
    const listed = await byId(record.key, signal);
    if (listed) moved.push({ record, listed });
  }
  return moved;
}
