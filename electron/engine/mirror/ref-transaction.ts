import type { ConfigPair } from '../vcs/git/git-env.ts';
import type { GitRepository } from '../vcs/git/git-repository.ts';
import { storeTrouble } from './pair-trouble.ts';
import { inTheWay, isObjectId } from './ref-map.ts';

/** A ref by its full name, from one value to another; null: not there. */
export interface RefChange {
  readonly ref: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** In a store that is being made refs need not be on the disk one by one; all of them are in the end. */
export const UNSYNCED: readonly ConfigPair[] = [['core.fsync', 'objects']];

const BACKUP = /^refs\/lockstep\/backup\//;

/**
 * Moves refs all together or not at all, each only from what it was. Only where a name must go before another can come
 * (`a` for `a/b`; git cannot do that in one transaction, measured) there are two: first the backups and what is in the way.
 */
export async function moveRefs(repository: GitRepository, changes: readonly RefChange[], signal: AbortSignal, { isNew = false }: { readonly isNew?: boolean } = {}): Promise<void> {
  const wanted = changes.filter(({ from, to }) => from !== to);
  const going = wanted.filter(({ to }) => to === null).map(({ ref }) => ref);
  const coming = wanted.filter(({ to }) => to !== null).map(({ ref }) => ref);
  const blocking = inTheWay(going, coming);
  const first = blocking.size === 0 ? [] : wanted.filter(({ ref }) => blocking.has(ref) || BACKUP.test(ref));
  const done = new Set(first);
  for (const part of [first, wanted.filter((change) => !done.has(change))]) if (part.length > 0) await transact(repository, part, isNew, signal);
}

async function transact(repository: GitRepository, changes: readonly RefChange[], isNew: boolean, signal: AbortSignal): Promise<void> {
  const stdin = ['start', ...changes.map(line), 'prepare', 'commit', ''].join('\n');
  const end = await repository.call(['update-ref', '--stdin'], { stdin, signal, ...(isNew && { config: UNSYNCED }) });
  if (end.ended !== 'exit' || end.code !== 0) throw storeTrouble(repository.place.gitDir, end);
}

function line({ ref, from, to }: RefChange): string {
  // An empty id would mean something else to git.
  for (const id of [from, to]) if (id !== null && !isObjectId(id)) throw new TypeError(`no object id for ${ref}`);
  if (to === null) return `delete ${ref} ${from}`;
  return from === null ? `create ${ref} ${to}` : `update ${ref} ${to} ${from}`;
}
