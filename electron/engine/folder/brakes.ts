import type { ProblemCode } from '../../../shared/problem.ts';
import type { Finding, TreeChange, WorkTreeStatus } from '../vcs/vcs.ts';

export interface Touched {
  readonly deleted: number;
  readonly modified: number;
}

/** Below this many files a large share is an ordinary day's work. */
const MASS_AT_LEAST = 20;

/**
 * Whether so much of a folder is gone or changed at once that it is more likely an accident (an unmounted disk, a bad
 * script, a wrong branch) than work. New files never count. `tracked`: files in HEAD.
 */
export function massChange(counts: Touched, tracked: number): Finding | null {
  const touched = counts.deleted + counts.modified;
  if (tracked > 0 && counts.deleted === tracked && tracked > 1) return { code: 'root-emptied', params: { files: tracked } };
  if (touched <= MASS_AT_LEAST || touched * 2 <= tracked) return null;
  return { code: 'mass-change', params: { deleted: counts.deleted, modified: counts.modified, files: tracked } };
}

/** One word lets both through: by the status and by what would be committed they may be counted apart. */
export const isBrake = (code: ProblemCode | null): boolean => code === 'mass-change' || code === 'root-emptied';

/** Fewer changes than this can never trip the brake, so the files need not be counted. */
export const mayBeMassChange = (counts: Touched): boolean => counts.deleted > 1 || counts.deleted + counts.modified > MASS_AT_LEAST;

/** From a status, which knows no contents: as many deletions as there are new files may be moves, and are judged at the commit. */
export function touchedByStatus({ changes }: WorkTreeStatus): Touched {
  const count = (kind: WorkTreeStatus['changes'][number]['change']) => changes.filter(({ change }) => change === kind).length;
  return { deleted: Math.max(0, count('deleted') - count('added')), modified: count('modified') + count('type-changed') };
}

/** From what would be committed: a file whose content lies under another name was moved, not lost. */
export function touchedByTree(changes: readonly TreeChange[]): Touched {
  const arrived = new Set(changes.flatMap(({ before, after }) => (before === null && after !== null ? [after.id] : [])));
  return {
    deleted: changes.filter(({ before, after }) => after === null && before !== null && !arrived.has(before.id)).length,
    modified: changes.filter(({ before, after }) => before !== null && after !== null).length,
  };
}
