import type { MirrorSource, SKIP_REASONS } from '../../../shared/mirror.ts';
import type { ForgeRepository } from './forges/forge.ts';
import type { RepositoryRecord } from './repository-record.ts';

type OwnerSource = Extract<MirrorSource, { kind: 'owner' }>;

/** A listing that lost more than half of what was there, and more than so many, is not believed. */
const MANY = 5;

export interface Choice {
  /** Known already, each with what the forge says of it now. */
  readonly known: readonly { readonly record: RepositoryRecord; readonly listed: ForgeRepository }[];
  /** To be taken in. */
  readonly fresh: readonly ForgeRepository[];
  readonly skipped: readonly { readonly name: string; readonly why: (typeof SKIP_REASONS)[number] }[];
  /** Known, and not in the list. */
  readonly missing: readonly RepositoryRecord[];
  /** So many are missing that the list is doubted: nothing is concluded from it. */
  readonly shrank: boolean;
}

/**
 * Which repositories of a whole listing the mirror keeps. A repository is known by its id, so that one that was renamed, or
 * is archived by now, stays the one it is; switches and pattern only decide about those that are not known yet.
 * `takesNew`: the first listing, or the mirror is to follow.
 */
export function chooseRepositories(listing: readonly ForgeRepository[], records: readonly RepositoryRecord[], source: OwnerSource, match: (name: string) => boolean, takesNew: boolean): Choice {
  const byKey = new Map(records.map((record) => [record.key, record]));
  const known: { record: RepositoryRecord; listed: ForgeRepository }[] = [];
  const fresh: ForgeRepository[] = [];
  const skipped: { name: string; why: (typeof SKIP_REASONS)[number] }[] = [];
  const seen = new Set<string>();
  for (const listed of listing) {
    // Pages shift while they are read: the same repository may stand on two of them.
    if (seen.has(listed.id)) continue;
    seen.add(listed.id);
    const record = byKey.get(listed.id);
    if (record) {
      known.push({ record, listed });
      continue;
    }
    const why = reasonToSkip(listed, source, match, takesNew);
    if (why === null) fresh.push(listed);
    else skipped.push({ name: listed.name, why });
  }
  const missing = records.filter(({ key, gone }) => !seen.has(key) && !gone);
  const present = records.filter(({ gone }) => !gone).length;
  return { known, fresh, skipped, missing, shrank: missing.length > MANY && missing.length * 2 > present };
}

function reasonToSkip(listed: ForgeRepository, source: OwnerSource, match: (name: string) => boolean, takesNew: boolean): (typeof SKIP_REASONS)[number] | null {
  if (listed.scm === 'hg') return 'mercurial';
  // On the last part of the path, which is the name; and on the whole of it, for those who choose by subgroup.
  if (!match(listed.name.slice(listed.name.lastIndexOf('/') + 1)) && !match(listed.name)) return 'not-matching';
  if (listed.fork && !source.forks) return 'fork';
  if (listed.archived && !source.archived) return 'archived';
  return takesNew ? null : 'not-new';
}
