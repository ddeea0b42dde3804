import type { RepoPath } from '../repo-path.ts';
import type { TreeEntry } from '../vcs/vcs.ts';

/** One step on the work tree. None of them replaces or deletes bytes: what lies there is always moved aside first. */
export type Operation =
  /** An ignored file in the way: its bytes go to rescue. */
  | { readonly do: 'rescue'; readonly path: RepoPath }
  /** A file, or a whole directory, of the person in the way that will not be committed: it goes beside as a conflict copy. */
  | { readonly do: 'copy-beside'; readonly path: RepoPath }
  | { readonly do: 'remove'; readonly path: RepoPath; readonly before: TreeEntry }
  /** If it is empty by then; otherwise it stays, without a word. */
  | { readonly do: 'remove-directory'; readonly path: RepoPath }
  | { readonly do: 'make-directory'; readonly path: RepoPath }
  | { readonly do: 'set-mode'; readonly path: RepoPath; readonly executable: boolean }
  /** `before`: what lies there until then; null: nothing. */
  | { readonly do: 'place'; readonly path: RepoPath; readonly before: TreeEntry | null; readonly after: TreeEntry };

/**
 * Operations of one phase may run in any order, or at once. What must go goes first. Directories come in a sequence
 * of their own. Links are placed when everything else lies where it belongs, so that none can lead a later step away.
 */
export const PHASES = ['take-away', 'remove-directories', 'make-directories', 'place-files', 'place-links'] as const;
export type Phase = (typeof PHASES)[number];

export function phaseOf(operation: Operation): Phase {
  switch (operation.do) {
    case 'rescue':
    case 'copy-beside':
    case 'remove':
      return 'take-away';
    case 'remove-directory':
      return 'remove-directories';
    case 'make-directory':
      return 'make-directories';
    case 'set-mode':
      return 'place-files';
    case 'place':
      return operation.after.mode === '120000' ? 'place-links' : 'place-files';
  }
}
