import type { FolderState } from '../../shared/app-state.ts';
import { isInStep } from '../../shared/folder-standing.ts';
import { problemTier, type ProblemCode } from '../../shared/problem.ts';

export type SyncOutcome = { readonly inStep: true } | { readonly inStep: false; readonly code: ProblemCode | 'needs-decision' | 'not-in-step'; readonly exitCode: 1 | 6 };

/** How a folder stands after `sync`: 6 when only a person can go on, 1 when it is not in step for another reason. */
export function syncOutcome(folder: FolderState): SyncOutcome {
  if (folder.options.conflicts === 'ask' && folder.conflicts.length > 0) return { inStep: false, code: 'needs-decision', exitCode: 6 };
  const code = folder.problem?.code;
  // All there is agrees, but with no remote: who asks for `sync` is told so.
  if (isInStep(folder)) return code === 'no-remote' ? { inStep: false, code, exitCode: 1 } : { inStep: true };
  const decides = folder.phase === 'halted' || folder.phase === 'conflicted' || folder.phase === 'awaiting-message' || (code !== undefined && ['halted', 'waiting'].includes(problemTier(code)));
  return { inStep: false, code: code ?? (decides ? 'needs-decision' : 'not-in-step'), exitCode: decides ? 6 : 1 };
}
