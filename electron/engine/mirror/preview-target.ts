import type { PlannedRef } from '../../../shared/mirror.ts';
import type { GitRepository } from '../vcs/git/git-repository.ts';
import { bareRepository } from './bare-store.ts';
import { distances } from './fetch-source.ts';
import { look } from './look.ts';
import type { MirrorTools } from './mirror-tools.ts';
import type { PushMove } from './plan-push.ts';
import { shortName } from './plan-refs.ts';
import { planFor } from './push-target.ts';
import { readPushed } from './pushed-record.ts';
import type { RefMap } from './ref-map.ts';
import type { Preview, PushEndpoint, RepositoryPair } from './repository-pair.ts';

interface Following {
  readonly target: PushEndpoint;
  /** What the store has, and what would move there first. */
  readonly refs: RefMap;
  readonly moves: readonly PlannedRef[];
}

/** What a run would do at the target, once the store has followed its source. */
export async function previewTarget(tools: MirrorTools, pair: RepositoryPair, { target, refs, moves }: Following, signal: AbortSignal): Promise<Preview> {
  const seen = await look(tools, target, 'target', signal);
  const wanted = new Map(refs);
  for (const { ref, to } of moves) {
    if (to === null) wanted.delete(ref);
    else wanted.set(ref, to);
  }
  const known = await readPushed(tools.ports.files, pair.store);
  const repository = bareRepository(tools, pair.store);
  const plan = await planFor({ repository, wanted, seen, known, request: { approved: null } }, signal);
  const changes = await shown(repository, [...plan.updates, ...plan.deletes], moves, signal);
  const [first] = plan.diverged;
  if (!first) return { action: changes.length === 0 ? 'exists' : 'update', refs: changes, problem: null };
  const problem = { code: 'target-diverged', params: { branch: shortName(first.ref), count: plan.diverged.length }, action: 'decide' } as const;
  const all = [...changes, ...plan.diverged];
  return changes.length === 0 ? { action: 'skip', why: 'diverged', refs: all, problem } : { action: 'update', refs: all, problem };
}

/** Where the target is as the store was, the same is done there; what is behind the store is compared in it. */
async function shown(repository: GitRepository, pushes: readonly PushMove[], moves: readonly PlannedRef[], signal: AbortSignal): Promise<PlannedRef[]> {
  const sameAs = ({ ref, from, to }: PushMove): PlannedRef | undefined => moves.find((move) => move.ref === ref && move.from === from && move.to === to);
  const heads = pushes.flatMap((push) => (push.from !== null && push.to !== null && push.ref.startsWith('refs/heads/') && !sameAs(push) ? [{ ref: push.ref, from: push.from, to: push.to }] : []));
  const far = await distances(repository, heads, signal);
  return pushes.map((push) => {
    const { ref, from, to } = push;
    const action = to === null ? 'delete' : from === null ? 'create' : far.get(ref)?.leave === 0 ? 'fast-forward' : 'rewrite';
    return sameAs(push) ?? { ref, action, from, to, leave: far.get(ref)?.leave ?? null, come: far.get(ref)?.come ?? null };
  });
}
