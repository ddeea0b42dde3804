import type { MirrorCode, MirrorProblem, MIRROR_ACTIONS } from '../../../shared/mirror-problem.ts';
import { MIRROR_CODES } from '../../../shared/mirror-problem.ts';
import type { Params } from '../../../shared/problem.ts';
import type { Ports } from '../ports.ts';
import { isSystemLimit, LockstepError, systemCode } from '../errors.ts';

/** A problem before it is known since when. */
export type MirrorTrouble = Pick<MirrorProblem, 'code' | 'params'> & Partial<Pick<MirrorProblem, 'retryAt'>>;

const ACTIONS: Partial<Record<MirrorCode, (typeof MIRROR_ACTIONS)[number]>> = {
  'auth-failed': 'renew-token',
  'not-allowed': 'renew-token',
  'account-missing': 'renew-token',
  'remote-rewritten': 'approve',
  'source-emptied': 'approve',
  'refs-vanished': 'approve',
  'refs-deleted': 'approve',
  'target-diverged': 'decide',
  'target-taken': 'open-folder',
  'disk-full': 'open-folder',
  'read-only': 'open-folder',
  'damaged-repository': 'open-folder',
};

/** The trouble with its button and its beginning; the same trouble as before goes on since then. */
export const problemOf = (trouble: MirrorTrouble, before: MirrorProblem | null, nowIso: string): MirrorProblem => ({
  ...trouble,
  since: before?.code === trouble.code ? before.since : nowIso,
  action: ACTIONS[trouble.code] ?? 'retry',
});

const isMirrorCode = (code: string): code is MirrorCode => (MIRROR_CODES as readonly string[]).includes(code);

/** What was thrown, as a trouble; a fault of ours is one, too, so that nothing stops silently. Throws it again when it was called off. */
export function anyTrouble({ redactor }: Pick<Ports, 'redactor'>, error: unknown): MirrorTrouble {
  if (error instanceof LockstepError && error.code === 'cancelled') throw error;
  return troubleOf(error) ?? { code: 'unexpected', params: { detail: redactor.text(error instanceof Error ? error.message : String(error)) } };
}

/** What was thrown, as a trouble; null for what is none (called off, or a fault of ours). */
export function troubleOf(error: unknown): MirrorTrouble | null {
  if (error instanceof LockstepError) return isMirrorCode(error.code) ? { code: error.code, params: error.params } : null;
  const code = systemCode(error);
  const path: Params = error instanceof Error && 'path' in error && typeof error.path === 'string' ? { path: error.path } : {};
  if (code === 'ENOSPC' || code === 'EDQUOT') return { code: 'disk-full', params: path };
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return { code: 'read-only', params: path };
  return isSystemLimit(code) ? { code: 'system-limit', params: {} } : null;
}
