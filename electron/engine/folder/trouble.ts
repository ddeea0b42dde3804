import { problemTier, type Params, type Problem, type ProblemAction, type ProblemCode } from '../../../shared/problem.ts';
import { backoffMs, LOCAL_BACKOFF, NETWORK_BACKOFF, PATIENT_BACKOFF, type BackoffLimits } from '../backoff.ts';
import { isSystemLimit } from '../errors.ts';
import type { Clock, Random } from '../ports.ts';
import type { Finding } from '../vcs/vcs.ts';
import type { FolderEvent, Trouble } from './situation.ts';

/** What a look at the work tree decides; cheap, and the person may mend it any moment. */
const LOCAL: ReadonlySet<ProblemCode> = new Set(['root-missing', 'root-emptied', 'mass-change', 'remote-changed', 'no-remote', 'disk-full', 'read-only', 'system-limit', 'locked', 'changes-staged', 'detached-head', 'no-branch', 'damaged-repository', 'unreadable-path', 'unsupported-file', 'tool-missing']);

const limitsFor = (code: ProblemCode): BackoffLimits => {
  if (LOCAL.has(code) || code.endsWith('-in-progress')) return LOCAL_BACKOFF;
  return problemTier(code) === 'retrying' && code !== 'rate-limited' ? NETWORK_BACKOFF : PATIENT_BACKOFF;
};

const ACTIONS: Partial<Record<ProblemCode, ProblemAction>> = {
  'mass-change': 'approve',
  'root-emptied': 'approve',
  'remote-rewritten': 'approve',
  'remote-changed': 'approve',
  'auth-failed': 'sign-in',
  'root-missing': 'locate',
  'secret-found': 'approve',
};

/** What lies in the folder's place may be what the person put there; what is not there can only be found. A lock that nobody holds may go. */
const hasOwnDecision = (code: ProblemCode, params: Params): boolean => (code === 'root-missing' && 'replaced' in params) || (code === 'locked' && params['how'] === 'left-behind');

const actionFor = ({ code, params }: Finding): ProblemAction => (hasOwnDecision(code, params) ? 'approve' : ACTIONS[code]) ?? (problemTier(code) === 'waiting' ? 'wait' : 'retry');

/** A finding as trouble: with its next look, and since when it stands (the same trouble met again keeps its beginning). */
export function troubleFrom(finding: Finding, before: Trouble | null, ports: { clock: Clock; random: Random }, hurried = false): Trouble {
  const same = before?.problem.code === finding.code ? before : null;
  // A person who asks again and again is not punished with longer waits.
  const attempts = same && hurried ? same.attempts : (same?.attempts ?? 0) + 1;
  const waitMs = backoffMs(attempts, limitsFor(finding.code), ports.random);
  const now = ports.clock.now();
  const path = finding.params['path'];
  const problem: Problem = {
    code: finding.code,
    params: finding.params,
    since: same?.problem.since ?? new Date(now).toISOString(),
    action: actionFor(finding),
    ...(typeof path === 'string' ? { path } : {}),
    retryAt: new Date(now + waitMs).toISOString(),
  };
  return { problem, attempts, retryAtMs: ports.clock.monotonic() + waitMs };
}

const BY_SYSTEM_CODE: Record<string, ProblemCode> = { ENOSPC: 'disk-full', EDQUOT: 'disk-full', EROFS: 'read-only', EACCES: 'read-only', EPERM: 'read-only' };

/** What a surprise of the system means for the folder; null: not known. */
export const problemOfSystemCode = (code: string | undefined): ProblemCode | null => (code && (BY_SYSTEM_CODE[code] ?? (isSystemLimit(code) ? 'system-limit' : null))) || null;

/** Turns findings into events, keeping since when a trouble stands and how often it was met. */
export interface TroubleMaker {
  local(finding: Finding): FolderEvent;
  remote(finding: Finding): FolderEvent;
  /** Holds only pushing back: a fetch that succeeds says nothing about it. */
  outgoing(finding: Finding): FolderEvent;
}
