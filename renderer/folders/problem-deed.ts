import type { Problem, ProblemCode } from '../../shared/problem.ts';

/** What the one button of a problem does here. The words on it belong to the code, so the deed does too. */
export type Deed = 'sync' | 'terminal' | 'open-folder' | 'folder-settings' | 'address' | 'app-settings' | 'decide' | 'explain' | 'locate' | 'ignore' | 'add-folder';

const DEEDS: Record<ProblemCode, Deed> = {
  offline: 'sync',
  timeout: 'sync',
  'rate-limited': 'sync',
  'tls-failed': 'sync',
  'hook-failed': 'sync',
  'tool-missing': 'sync',
  'disk-full': 'sync',
  'read-only': 'sync',
  'system-limit': 'sync',
  locked: 'sync',
  'auth-failed': 'explain',
  'remote-damaged': 'explain',
  'watch-limit': 'explain',
  'remote-gone': 'address',
  'remote-rejected': 'folder-settings',
  'no-remote': 'address',
  'no-branch': 'folder-settings',
  'remote-rewritten': 'decide',
  'remote-changed': 'decide',
  'host-key-changed': 'explain',
  'root-emptied': 'decide',
  'mass-change': 'decide',
  'untrusted-config': 'decide',
  'rebase-in-progress': 'terminal',
  'merge-in-progress': 'terminal',
  'cherry-pick-in-progress': 'terminal',
  'revert-in-progress': 'terminal',
  'bisect-in-progress': 'terminal',
  'detached-head': 'terminal',
  'changes-staged': 'terminal',
  'damaged-repository': 'open-folder',
  'unreadable-path': 'open-folder',
  'unsupported-file': 'open-folder',
  'root-missing': 'locate',
  'file-too-large': 'ignore',
  'secret-found': 'ignore',
  'nested-repository': 'add-folder',
  'settings-damaged': 'app-settings',
};

export const problemDeed = (code: ProblemCode): Deed => DEEDS[code];

/** Of this very problem: some of a kind wait for an answer, where the others pass by themselves. */
export function deedOf(problem: Pick<Problem, 'code' | 'params'>): Deed {
  if (isInCommit(problem) || isLeftLock(problem)) return 'decide';
  // It is in step with the folder, as far as it can be.
  return problem.code === 'nested-repository' && problem.params['how'] === 'submodule' ? 'open-folder' : problemDeed(problem.code);
}

/** A key in a commit made by hand keeps the whole push back; one in a file only that file. */
export const isInCommit = ({ code, params }: Pick<Problem, 'code' | 'params'>): boolean => code === 'secret-found' && params['how'] === 'in-commit';

/** Of a program that is gone: nothing ends it but a word of the person's. */
const isLeftLock = ({ code, params }: Pick<Problem, 'code' | 'params'>): boolean => code === 'locked' && params['how'] === 'left-behind';

/** The pattern that leaves out exactly this path, in gitignore's own writing: from the top, and with its special signs quoted. */
export const ignorePattern = (path: string): string => `/${path.replace(/[\\*?[\]#! ]/g, (sign) => `\\${sign}`)}`;
