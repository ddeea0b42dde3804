import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { MirrorCode } from '../../../shared/mirror-problem.ts';
import { mirrorProblemSchema } from '../../../shared/mirror-problem.ts';
import { MIRROR_STATES, type PlannedRef } from '../../../shared/mirror.ts';
import type { Files } from '../ports.ts';
import type { PairTrouble } from './pair-trouble.ts';
import { shortName, type Held } from './plan-refs.ts';
import type { SideRefs } from './ref-map.ts';
import type { RepositoryPair, Standing, Trouble } from './repository-pair.ts';

/** Whose fault it is: then nobody can be said to be unavailable. */
const OURS: ReadonlySet<MirrorCode> = new Set<MirrorCode>(['locked', 'disk-full', 'read-only', 'system-limit', 'tool-missing', 'target-taken', 'damaged-repository']);
/** What stays as it is until a ref moves, or the person says something. */
const RESTING: ReadonlySet<MirrorCode> = new Set<MirrorCode>(['source-emptied', 'refs-vanished', 'refs-deleted', 'remote-rewritten', 'target-diverged', 'name-refused', 'case-twin']);

export const NOTHING: Standing = { state: 'empty', refs: 0, problem: null, moved: [], heldDigest: null, held: [], defaultBranch: null, seen: null };

/** How it stands when a run met trouble on the way. `refs`: of the store, null: there is none yet. */
export function inTrouble({ trouble }: PairTrouble, refs: number | null): Standing {
  const state = !OURS.has(trouble.code) ? 'unavailable' : refs === null ? 'never-synced' : 'behind';
  return { ...NOTHING, state, refs: refs ?? 0, problem: { ...trouble, ...actionOf(trouble.code) } };
}

/** The one button of a trouble. */
function actionOf(code: MirrorCode): Pick<Trouble, 'action'> {
  if (code === 'target-diverged') return { action: 'decide' };
  if (code === 'target-taken' || code === 'disk-full' || code === 'read-only' || code === 'damaged-repository') return { action: 'open-folder' };
  if (code === 'auth-failed' || code === 'not-allowed') return { action: 'renew-token' };
  return RESTING.has(code) && code !== 'name-refused' && code !== 'case-twin' ? { action: 'approve' } : { action: 'retry' };
}

interface Outcome {
  readonly refs: number;
  readonly head: string | null;
  readonly moved: readonly PlannedRef[];
  readonly held: Held | null;
  readonly diverged: readonly PlannedRef[];
  readonly divergedDigest: string | null;
  readonly troubles: readonly Trouble[];
}

/** How it stands after a run, the most pressing first. */
export function standingOf({ refs, head, moved, held, diverged, divergedDigest, troubles }: Outcome): Standing {
  const base = { ...NOTHING, refs, moved, defaultBranch: head === null ? null : shortName(head) };
  const said = (trouble: Trouble | undefined): Trouble | null => (trouble ? { ...trouble, ...actionOf(trouble.code) } : null);
  if (held) return { ...base, state: 'needs-approval', problem: said({ code: held.code, params: held.params }), held: held.refs, heldDigest: held.digest };
  const [first] = diverged;
  if (first) return { ...base, state: 'diverged', problem: said({ code: 'target-diverged', params: { branch: shortName(first.ref), count: diverged.length } }), held: diverged, heldDigest: divergedDigest };
  const rejected = ['remote-rejected', 'locked'].flatMap((code) => troubles.find((one) => one.code === code) ?? [])[0];
  if (rejected) return { ...base, state: 'behind', problem: said(rejected) };
  return { ...base, state: refs === 0 ? 'empty' : 'in-sync', problem: said(troubles[0]) };
}

/** What a run saw, and what it made of it: while all of that is as it was, another run would do nothing. */
const seenSchema = z.object({
  source: z.string(),
  target: z.string().nullable(),
  store: z.string(),
  options: z.string(),
  standing: z.object({ state: z.enum(MIRROR_STATES), refs: z.number(), problem: mirrorProblemSchema.omit({ since: true }).nullable(), heldDigest: z.string().nullable(), defaultBranch: z.string().nullable() }),
});
export type SeenRun = z.infer<typeof seenSchema>;

export function readSeen(text: string | null): SeenRun | null {
  try {
    return text === null ? null : seenSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Whether looking again at what has not moved would change nothing. */
export const isAtRest = ({ problem }: Standing, options: RepositoryPair['options']): boolean => problem === null || RESTING.has(problem.code) || (problem.code === 'lfs-missing' && !options.lfs);

export const sideDigest = ({ refs, head }: SideRefs): string => digest([head, ...[...refs].map(([name, id]) => `${name} ${id}`).sort()]);
export const optionsDigest = ({ options, isLocalMirror, source, target }: RepositoryPair): string => digest([options, isLocalMirror, source.url, target?.url ?? null]);
const digest = (parts: unknown): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);

/** Changes when somebody moves refs of the store, or takes its hook away. */
export async function storeStamp(files: Files, store: string): Promise<string> {
  const stats = await Promise.all(['HEAD', 'packed-refs', 'refs/heads', 'refs/tags', 'hooks/pre-receive', 'config'].map((name) => files.stat(`${store}/${name}`)));
  return digest(stats.map((stat) => stat && [stat.inode, stat.bytes, stat.modifiedMs, stat.mode]));
}
