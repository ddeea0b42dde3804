import type { MirrorCode } from '../../../shared/mirror-problem.ts';
import type { MirrorOptions, PlannedRef } from '../../../shared/mirror.ts';
import type { Params } from '../../../shared/problem.ts';
import { planDigest } from './plan-digest.ts';
import { inTheWay, type RefMap, type SideRefs } from './ref-map.ts';

/** A yes may follow so many vanished refs at most, without being asked for. */
const MOST_VANISHED = 5;

/** What the store has: heads and tags, its HEAD, and what we last put there for the source (a ref that is not among those is the person's own). */
export interface StoreSide extends SideRefs {
  readonly out: RefMap;
}

/** How many commits leave a branch, how many come. */
export interface Distance {
  readonly leave: number;
  readonly come: number;
}

export interface RefSituation {
  readonly source: SideRefs;
  readonly store: StoreSide;
  /** Of each head that is elsewhere now; a head without one is taken for rewritten. */
  readonly distances: ReadonlyMap<string, Distance>;
  readonly policy: Pick<MirrorOptions, 'deletions' | 'rewrites'>;
  /** Digest of what the person said yes to. */
  readonly approved: string | null;
}

/** What waits for a yes. */
export interface Held {
  readonly code: MirrorCode;
  readonly params: Params;
  readonly refs: readonly PlannedRef[];
  readonly digest: string;
}

export interface RefPlan {
  readonly moves: readonly PlannedRef[];
  /** What is ours in the store when the moves are done; where nothing is said of a ref, it stays as it was. `null`: it is the person's from now on, or gone. */
  readonly out: ReadonlyMap<string, string | null>;
  readonly held: Held | null;
}

/** What the store has to do to follow its source. Pure: it is the preview, too. */
export function planRefs(situation: RefSituation): RefPlan {
  const wanted = differences(situation);
  const guard = situation.policy.deletions === 'keep' ? null : emptied(situation);
  if (guard) {
    const digest = planDigest(guard.code, wanted);
    return digest === situation.approved ? planned(situation, wanted, null) : { moves: [], out: new Map(), held: { ...guard, refs: wanted, digest } };
  }
  const asked = askedAbout(situation, wanted);
  if (!asked || asked.digest === situation.approved) return planned(situation, wanted, null);
  const waiting = new Set(asked.refs);
  return planned(situation, wanted.filter((move) => !waiting.has(move)), asked);
}

/** Every ref that would have to be elsewhere, in the order of their names. */
function differences({ source, store, distances, policy }: RefSituation): PlannedRef[] {
  const moves: PlannedRef[] = [];
  for (const [ref, to] of source.refs) {
    const from = store.refs.get(ref) ?? null;
    if (from === to) continue;
    const distance = distances.get(ref) ?? null;
    const grew = ref.startsWith('refs/heads/') && distance?.leave === 0;
    moves.push({ ref, action: from === null ? 'create' : grew ? 'fast-forward' : 'rewrite', from, to, leave: distance?.leave ?? null, come: distance?.come ?? null });
  }
  const gone = [...store.refs.keys()].filter((ref) => !source.refs.has(ref));
  // A name that the source needs cannot be kept, whoever made it.
  const blocking = inTheWay(gone, source.refs.keys());
  for (const ref of gone) {
    if (!blocking.has(ref) && (!store.out.has(ref) || policy.deletions === 'keep')) continue;
    moves.push({ ref, action: 'delete', from: store.refs.get(ref) ?? null, to: null, leave: null, come: null });
  }
  return moves.sort((one, other) => (one.ref < other.ref ? -1 : 1));
}

/** A source that is suddenly empty, or has lost much of what it had: more likely a mishap than a wish. */
function emptied({ source, store }: RefSituation): Pick<Held, 'code' | 'params'> | null {
  const total = [...store.out.keys()].filter((ref) => store.refs.has(ref)).length;
  const count = [...store.out.keys()].filter((ref) => store.refs.has(ref) && !source.refs.has(ref)).length;
  if (total > 0 && source.refs.size === 0) return { code: 'source-emptied', params: { refs: total } };
  if (count > MOST_VANISHED && count * 2 > total) return { code: 'refs-vanished', params: { count, total } };
  const { head } = store;
  const lostHead = head !== null && store.out.has(head) && store.refs.has(head) && !source.refs.has(head);
  if (lostHead && (source.head === null || !source.refs.has(source.head))) return { code: 'refs-vanished', params: { count, total, branch: shortName(head) } };
  return null;
}

/** What the person wants to be asked about, and what only can be done together with it. */
function askedAbout({ policy }: RefSituation, wanted: readonly PlannedRef[]): Held | null {
  const rewrites = policy.rewrites === 'ask' ? wanted.filter(({ action }) => action === 'rewrite') : [];
  const deletes = policy.deletions === 'ask' ? wanted.filter(({ action }) => action === 'delete') : [];
  const [first] = [...rewrites, ...deletes];
  if (!first) return null;
  const creates = wanted.filter(({ action }) => action === 'create');
  const blocked = inTheWay(creates.map(({ ref }) => ref), deletes.map(({ ref }) => ref));
  const refs = [...rewrites, ...deletes, ...creates.filter(({ ref }) => blocked.has(ref))];
  const params: Params = { branch: shortName(first.ref), count: rewrites.length > 0 ? (first.leave ?? 0) : deletes.length };
  const code = rewrites.length > 0 ? 'remote-rewritten' : 'refs-deleted';
  return { code, params, refs, digest: planDigest(code, refs) };
}

function planned({ source, store }: RefSituation, moves: readonly PlannedRef[], held: Held | null): RefPlan {
  const waiting = new Set(held?.refs.map(({ ref }) => ref));
  const out = new Map<string, string | null>();
  for (const [ref, id] of source.refs) if (!waiting.has(ref) && store.out.get(ref) !== id) out.set(ref, id);
  for (const ref of store.out.keys()) if (!source.refs.has(ref) && !waiting.has(ref)) out.set(ref, null);
  return { moves, out, held };
}

export const shortName = (ref: string): string => ref.replace(/^refs\/(?:heads|tags)\//, '');
