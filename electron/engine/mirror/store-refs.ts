import type { RefBackup } from '../../../shared/mirror.ts';
import type { GitRepository } from '../vcs/git/git-repository.ts';
import type { StoreSide } from './plan-refs.ts';
import { storeTrouble } from './pair-trouble.ts';
import { isMirrored, type RefMap } from './ref-map.ts';
import { parseBackup } from './ref-backups.ts';

/** Our own refs in a store, beside its heads and tags; never pushed, never shown to who fetches from it. */
export const OWN = {
  /** The source as it was last fetched. */
  in: 'refs/lockstep/in/',
  /** What we last put into heads and tags for the source. */
  out: 'refs/lockstep/out/',
  /** Tips of the target that another hand made. */
  theirs: 'refs/lockstep/theirs/',
} as const;
type Own = keyof typeof OWN;

/** Everything that a store names. */
export interface StoreRefs extends StoreSide, Readonly<Record<Exclude<Own, 'out'>, RefMap>> {
  readonly backups: readonly RefBackup[];
  /** Of what was fetched: what kind of object it is. */
  readonly kinds: ReadonlyMap<string, string>;
}

/** Reads all of them by one call. */
export async function readStoreRefs(repository: GitRepository, signal?: AbortSignal): Promise<StoreRefs> {
  const end = await repository.call(['for-each-ref', '--format=%(objectname) %(objecttype) %(refname)'], { ...(signal && { signal }) });
  if (end.ended !== 'exit' || end.code !== 0) throw storeTrouble(repository.place.gitDir, end);
  const own: Record<Own, Map<string, string>> = { in: new Map(), out: new Map(), theirs: new Map() };
  const refs = new Map<string, string>();
  const kinds = new Map<string, string>();
  const backups: RefBackup[] = [];
  for (const line of end.stdout.toString('utf8').split('\n')) {
    const [, id = '', kind = '', name = ''] = /^([0-9a-f]+) (\w+) (.*)$/.exec(line) ?? [];
    // What is no text has no name that could be said again.
    if (name.includes('\ufffd')) continue;
    if (isMirrored(name)) refs.set(name, id);
    const [prefix, into] = (Object.entries(OWN) as [Own, string][]).map(([key, start]) => [start, own[key]] as const).find(([start]) => name.startsWith(start)) ?? [];
    if (prefix !== undefined) into?.set(`refs/${name.slice(prefix.length)}`, id);
    if (prefix === OWN.in) kinds.set(`refs/${name.slice(prefix.length)}`, kind);
    const backup = parseBackup(name, id);
    if (backup) backups.push(backup);
  }
  return { refs, head: await storeHead(repository), ...own, backups, kinds };
}

/** The branch that a store's HEAD is at, there or not. */
async function storeHead({ ports, place }: GitRepository): Promise<string | null> {
  const content = (await ports.files.readIfThere(`${place.gitDir}/HEAD`))?.toString('utf8') ?? '';
  return /^ref:\s*(refs\/heads\/\S+)$/.exec(content.trim())?.[1] ?? null;
}
