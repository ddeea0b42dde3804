import type { PlannedRef } from '../../../shared/mirror.ts';
import { fileSystemLimits } from '../vcs/git/git-config.ts';
import type { Argument } from '../vcs/git/git-credentials.ts';
import type { GitRepository } from '../vcs/git/git-repository.ts';
import { caseTwins } from './case-twins.ts';
import { distances, fetchSource } from './fetch-source.ts';
import type { Seen } from './look.ts';
import { storeTrouble } from './pair-trouble.ts';
import { planRefs, shortName, type Held, type RefPlan, type RefSituation } from './plan-refs.ts';
import { backupName, backupReason } from './ref-backups.ts';
import { tail, type RefMap, type SideRefs } from './ref-map.ts';
import { moveRefs, type RefChange } from './ref-transaction.ts';
import type { RepositoryPair, Trouble } from './repository-pair.ts';
import { OWN, readStoreRefs, type StoreRefs } from './store-refs.ts';

export interface TakeIn {
  readonly source: Seen;
  readonly argument: Argument;
  readonly policy: RepositoryPair['options'];
  readonly approved: string | null;
  readonly isNew: boolean;
}

export interface TakenIn {
  /** As they are now. */
  readonly refs: RefMap;
  readonly head: string | null;
  readonly store: StoreRefs;
  readonly moved: readonly PlannedRef[];
  readonly held: Held | null;
  /** What was left out, and why. */
  readonly notes: readonly Trouble[];
}

/** Fetches what the source has, plans, keeps what is replaced, and moves heads and tags together. */
export async function takeIn(repository: GitRepository, wanted: TakeIn, signal: AbortSignal): Promise<TakenIn> {
  const { source, policy, approved } = wanted;
  const folded = fileSystemLimits(await repository.config()).foldsCase;
  const twins = folded ? caseTwins(source.refs.keys(), (await readStoreRefs(repository, signal)).refs) : new Map<string, string>();
  const without = [...twins.keys(), ...source.unkeepable.filter(canBeExcluded)];
  await fetchSource(repository, { argument: wanted.argument, names: source.refs.keys(), without, isNew: wanted.isNew }, signal);
  const store = await readStoreRefs(repository, signal);
  const { side, notes } = acceptable(store, source.head, [...twins.keys()]);
  const plan = planRefs({ source: side, store, policy, approved, distances: await headDistances(repository, side.refs, store.refs, signal) });
  await moveRefs(repository, changesOf(plan, store, repository.ports.clock.now()), signal, { isNew: wanted.isNew });
  const refs = refsAfter(store.refs, plan);
  const head = await followHead(repository, { side, refs, before: store.head }, signal);
  const leftOut = source.unkeepable.map((name): Trouble => ({ code: 'name-refused', params: { name: shortName(name).slice(0, 100) } }));
  const twinNotes = [...twins].map(([name, twin]): Trouble => ({ code: 'case-twin', params: { name: shortName(name), twin: shortName(twin) } }));
  return { refs, head, store, moved: plan.moves, held: plan.held, notes: [...notes, ...twinNotes, ...leftOut] };
}

/** Names that git itself does not take are passed over by it anyway, and could not be named to it. */
const canBeExcluded = (name: string): boolean => name.length > 240 && !/[\s*?[\\~^:]|\.\.|\ufffd/.test(name);

/** What was fetched, less what can be no branch: git takes commits only. */
function acceptable(store: StoreRefs, head: string | null, left: readonly string[]): { side: SideRefs; notes: Trouble[] } {
  const odd = oddIn(store, store.in);
  return { side: { refs: asStored(store.in, store, [...odd, ...left]), head }, notes: odd.map((ref): Trouble => ({ code: 'remote-damaged', params: { detail: `${ref} is no commit`, branch: shortName(ref) } })) };
}

/** What a run would go by, of a source that was only looked at. */
export function comparable({ refs, head }: SideRefs, store: StoreRefs, folded: boolean): SideRefs {
  const twins = folded ? [...caseTwins(refs.keys(), store.refs).keys()] : [];
  return { refs: asStored(refs, store, [...twins, ...oddIn(store, refs)]), head };
}

/** Heads that are known to be no commits. */
const oddIn = ({ in: fetched, kinds }: StoreRefs, source: RefMap): string[] => [...source].filter(([ref, id]) => ref.startsWith('refs/heads/') && fetched.get(ref) === id && kinds.get(ref) !== 'commit').map(([ref]) => ref);

/** What is left out stays as the store has it. */
function asStored(source: RefMap, store: StoreRefs, left: readonly string[]): RefMap {
  const refs = new Map(source);
  for (const ref of left) {
    const kept = store.refs.get(ref);
    if (kept === undefined) refs.delete(ref);
    else refs.set(ref, kept);
  }
  return refs;
}

/** How far each head moved that is in both. */
export async function headDistances(repository: GitRepository, source: RefMap, store: RefMap, signal: AbortSignal): Promise<RefSituation['distances']> {
  const heads = [...source].filter(([ref]) => ref.startsWith('refs/heads/'));
  const moved = heads.flatMap(([ref, to]) => {
    const from = store.get(ref);
    return from === undefined || from === to ? [] : [{ ref, from, to }];
  });
  return distances(repository, moved, signal);
}

function changesOf(plan: RefPlan, store: StoreRefs, nowMs: number): RefChange[] {
  const taken = new Set(store.backups.map(({ name }) => name));
  let atMs = nowMs;
  // Two moves within a millisecond, or a clock that was set back.
  while (plan.moves.some((move) => taken.has(backupName(move.ref, backupReason(move) ?? 'deleted', atMs)))) atMs++;
  const backups = plan.moves.flatMap((move): RefChange[] => {
    const why = backupReason(move);
    return why === null ? [] : [{ ref: backupName(move.ref, why, atMs), from: null, to: move.from }];
  });
  const out = [...plan.out].map(([ref, to]): RefChange => ({ ref: `${OWN.out}${tail(ref)}`, from: store.out.get(ref) ?? null, to }));
  return [...backups, ...plan.moves, ...out];
}

function refsAfter(before: RefMap, { moves }: RefPlan): RefMap {
  const refs = new Map(before);
  for (const { ref, to } of moves) {
    if (to === null) refs.delete(ref);
    else refs.set(ref, to);
  }
  return refs;
}

/** `git fetch` never moves the HEAD of a bare repository (measured): it follows the source's, to a branch that is there. */
async function followHead(repository: GitRepository, { side, refs, before }: { readonly side: SideRefs; readonly refs: RefMap; readonly before: string | null }, signal: AbortSignal): Promise<string | null> {
  if (side.head === null || side.head === before || !refs.has(side.head)) return before !== null && refs.has(before) ? before : null;
  const end = await repository.call(['symbolic-ref', 'HEAD', side.head], { signal });
  if (end.ended !== 'exit' || end.code !== 0) throw storeTrouble(repository.place.gitDir, end);
  return side.head;
}
