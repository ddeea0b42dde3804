import type { PlannedRef } from '../../../shared/mirror.ts';
import { fileSystemLimits } from '../vcs/git/git-config.ts';
import type { GitRepository } from '../vcs/git/git-repository.ts';
import { bareRepository, isThere } from './bare-store.ts';
import { look, type Seen } from './look.ts';
import { planRefs, shortName, type RefSituation } from './plan-refs.ts';
import type { MirrorTools } from './mirror-tools.ts';
import { planFor } from './push-target.ts';
import { readPushed, type PushedRecord } from './pushed-record.ts';
import type { SideRefs } from './ref-map.ts';
import type { RepositoryPair, Standing, Trouble } from './repository-pair.ts';
import { NOTHING, standingOf } from './standing.ts';
import { readStoreRefs, type StoreRefs } from './store-refs.ts';
import { comparable, headDistances } from './take-in.ts';

/** Asks both sides, and says how the mirror stands; nothing moves. Throws a `PairTrouble`. */
export async function checkPair(tools: MirrorTools, pair: RepositoryPair, signal: AbortSignal): Promise<Standing> {
  const isMade = await isThere(tools.ports.files, pair);
  const source = await look(tools, pair.source, 'source', signal);
  const target = pair.target && (await look(tools, pair.target, 'target', signal));
  if (!isMade) return { ...NOTHING, state: source.refs.size === 0 ? 'empty' : 'never-synced' };
  const repository = bareRepository(tools, pair.store);
  const store = await readStoreRefs(repository, signal);
  const side = comparable(source, store, fileSystemLimits(await repository.config()).foldsCase);
  const known = await headDistances(repository, side.refs, store.refs, signal);
  const plan = planRefs({ source: side, store, policy: pair.options, approved: null, distances: withoutObjects(side, store, known) });
  const there = target ? await atTarget(repository, target, store, await readPushed(tools.ports.files, pair.store), signal) : NOTHING_THERE;
  const standing = standingOf({ refs: store.refs.size, head: store.head, moved: [], held: plan.held, diverged: there.diverged, divergedDigest: there.digest, troubles: there.troubles });
  if (plan.held) return standing;
  return { ...standing, state: worst([sourceSide(plan.moves.map(({ ref }) => ref), side, store), ...there.sides]) ?? standing.state };
}

/** What has not been fetched cannot be compared: it is taken for more of the same, until a run knows. */
function withoutObjects(source: SideRefs, store: StoreRefs, known: RefSituation['distances']): RefSituation['distances'] {
  const unknown = [...source.refs].filter(([ref, id]) => !known.has(ref) && store.refs.get(ref) !== id);
  return new Map([...known, ...unknown.map(([ref]) => [ref, { leave: 0, come: 0 }] as const)]);
}

type Side = 'same' | 'behind' | 'ahead' | 'diverged';

/** Where a ref of the store is not as we left it, somebody else moved it. */
function sourceSide(moving: readonly string[], source: SideRefs, store: StoreRefs): Side {
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

interface AtTarget {
  readonly sides: readonly Side[];
  readonly diverged: readonly PlannedRef[];
  readonly digest: string | null;
  readonly troubles: readonly Trouble[];
}
const NOTHING_THERE: AtTarget = { sides: [], diverged: [], digest: null, troubles: [] };

/** What a run would push, and would not dare to; a default branch that the target keeps is no debt of ours. */
async function atTarget(repository: GitRepository, target: Seen, store: StoreRefs, known: PushedRecord, signal: AbortSignal): Promise<AtTarget> {
  const { updates, deletes, diverged, digest } = await planFor({ repository, wanted: store.refs, seen: target, known, request: { approved: null } }, signal);
  const kept = deletes.filter(({ ref }) => ref === target.head);
  const behind = [...updates, ...deletes].filter((move) => !kept.includes(move));
  const sides = [...behind.map((): Side => 'behind'), ...diverged.map(({ ref, to }): Side => (known.pushed.get(ref) === to ? 'ahead' : 'diverged'))];
  return { sides, diverged, digest, troubles: kept.map(({ ref }) => ({ code: 'default-branch-kept', params: { branch: shortName(ref) } })) };
}
