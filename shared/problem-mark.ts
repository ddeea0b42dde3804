import type { FolderState } from './app-state.ts';
import { problemTier, type ProblemCode } from './problem.ts';

/**
 * The shape a problem is shown with. `broken`: the person must mend something; `asks`: a decision, or the end of what the
 * person is in the middle of; `ours`: goes on by itself; `held`: one path, the rest goes on; `note`: a line to know.
 */
export type ProblemMark = 'broken' | 'asks' | 'ours' | 'held' | 'note';

const MARKS: Record<ProblemCode, ProblemMark> = {
  offline: 'ours',
  timeout: 'ours',
  'rate-limited': 'ours',
  'auth-failed': 'broken',
  'remote-gone': 'broken',
  'remote-rejected': 'broken',
  'remote-rewritten': 'asks',
  'remote-changed': 'asks',
  'remote-damaged': 'broken',
  'tls-failed': 'broken',
  'host-key-changed': 'asks',
  'no-remote': 'broken',
  'no-branch': 'broken',
  'rebase-in-progress': 'asks',
  'merge-in-progress': 'asks',
  'cherry-pick-in-progress': 'asks',
  'revert-in-progress': 'asks',
  'bisect-in-progress': 'asks',
  'detached-head': 'asks',
  'changes-staged': 'asks',
  locked: 'asks',
  'damaged-repository': 'broken',
  'root-missing': 'broken',
  'root-emptied': 'asks',
  'mass-change': 'asks',
  'untrusted-config': 'asks',
  'disk-full': 'broken',
  'read-only': 'broken',
  'system-limit': 'ours',
  'unreadable-path': 'held',
  'file-too-large': 'held',
  'secret-found': 'held',
  'nested-repository': 'held',
  'unsupported-file': 'held',
  'watch-limit': 'note',
  'hook-failed': 'broken',
  'tool-missing': 'broken',
  'settings-damaged': 'broken',
};

export const problemMark = (code: ProblemCode): ProblemMark => MARKS[code];

/**
 * Whether a folder stays as it is until a person does something about its problem; what they are in the middle of
 * themselves does not count. A note halts nothing, but for a remote that was there and is not any more; a code of the
 * tier `held` is one here when the whole folder, or its push, has it.
 */
export function needsPerson({ problem, phase }: Pick<FolderState, 'problem' | 'phase'>): boolean {
  if (!problem) return false;
  // A lock that nobody holds, another repository in the folder's place: only a word of the person's ends it.
  if (problem.action === 'approve') return true;
  const tier = problemTier(problem.code);
  return tier === 'halted' || tier === 'held' || (tier === 'note' && phase === 'halted') || (MARKS[problem.code] === 'broken' && (tier === 'retrying' || tier === 'waiting'));
}
