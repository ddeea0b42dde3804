import { bareRepository, isThere } from './bare-store.ts';
import { look, type Seen } from './look.ts';
import { planRefs, type RefSituation } from './plan-refs.ts';
import type { MirrorTools } from './mirror-tools.ts';
import { readPushed, type PushedRecord } from './pushed-record.ts';
import type { RepositoryPair, Standing } from './repository-pair.ts';
import { NOTHING, standingOf } from './standing.ts';
import { readStoreRefs, type StoreRefs } from './store-refs.ts';
import { headDistances } from './take-in.ts';

/** Asks both sides, and says how the mirror stands; nothing moves. Throws a `PairTrouble`. */
export async function checkPair(tools: MirrorTools, pair: RepositoryPair, signal: AbortSignal): Promise<Standing> {
  const there = await isThere(tools.ports.files, pair);
  const source = await look(tools, pair.source, 'source', signal);
  const target = pair.target && (await look(tools, pair.target, 'target', signal));
  if (!there) return { ...NOTHING, state: source.refs.size === 0 ? 'empty' : 'never-synced' };
  const repository = bareRepository(tools, pair.store);
  const store = await readStoreRefs(repository, signal);
  const known = await headDistances(repository, source.refs, store.refs, signal);
  const plan = planRefs({ source, store, policy: pair.options, approved: null, distances: withoutObjects(source, store, known) });
  const standing = standingOf({ refs: store.refs.size, head: store.head, moved: [], held: plan.held, diverged: [], divergedDigest: null, troubles: [] });
  if (plan.held) return standing;
  const sides = [sourceSide(plan.moves.map(({ ref }) => ref), source, store), ...(target ? targetSide(target, store, await readPushed(tools.ports.files, pair.store)) : [])];
  return { ...standing, state: worst(sides) ?? standing.state };
}

/** What has not been fetched cannot be compared: it is taken for more of the same, until a run knows. */
function withoutObjects(source: Seen, store: StoreRefs, known: RefSituation['distances']): RefSituation['distances'] {
  const unknown = [...source.refs].filter(([ref, id]) => !known.has(ref) && store.refs.get(ref) !== id);
  return new Map([...known, ...unknown.map(([ref]) => [ref, { leave: 0, come: 0 }] as const)]);
}

type Side = 'same' | 'behind' | 'ahead' | 'diverged';

/** Where a ref of the store is not as we left it, somebody else moved it. */
function sourceSide(moving: readonly string[], source: Seen, store: StoreRefs): Side {
  const sides = moving.map((ref): Side => {
    if (store.refs.get(ref) === store.out.get(ref)) return 'behind';
    return source.refs.get(ref) === store.out.get(ref) ? 'ahead' : store.refs.has(ref) ? 'diverged' : 'behind';
  });
  return worst(sides) ?? 'same';
}

function worst(sides: readonly Side[]): Exclude<Side, 'same'> | null {
  const [ahead, behind] = [sides.includes('ahead'), sides.includes('behind')];
  if (sides.includes('diverged') || (ahead && behind)) return 'diverged';
  return ahead ? 'ahead' : behind ? 'behind' : null;
}

function targetSide(target: Seen, store: StoreRefs, { pushed, pushing }: PushedRecord): Side[] {
  const sides = [...store.refs].map(([ref, wanted]): Side => {
    const [theirs, ours] = [target.refs.get(ref), pushing.get(ref) === target.refs.get(ref) ? target.refs.get(ref) : pushed.get(ref)];
    if (theirs === wanted) return 'same';
    if (theirs === undefined || theirs === ours) return 'behind';
    return ours === wanted ? 'ahead' : 'diverged';
  });
  const left = [...pushed].filter(([ref, id]) => !store.refs.has(ref) && target.refs.get(ref) === id);
  return left.length > 0 ? [...sides, 'behind'] : sides;
}
