import type { Finding } from '../vcs/vcs.ts';

/** Below this many files a large share is an ordinary day's work. */
const MASS_AT_LEAST = 20;

/**
 * Whether so much of a folder is gone or changed at once that it is more likely an accident (an unmounted disk, a bad
 * script, a wrong branch) than work. New files never count. `tracked`: files in HEAD.
 */
export function massChange(counts: { deleted: number; modified: number }, tracked: number): Finding | null {
  const touched = counts.deleted + counts.modified;
  if (tracked > 0 && counts.deleted === tracked && tracked > 1) return { code: 'root-emptied', params: { files: tracked } };
  if (touched <= MASS_AT_LEAST || touched * 2 <= tracked) return null;
  return { code: 'mass-change', params: { deleted: counts.deleted, modified: counts.modified, files: tracked } };
}

/** Fewer changes than this can never trip the brake, so the files need not be counted. */
export const mayBeMassChange = (counts: { deleted: number; modified: number }): boolean => counts.deleted > 1 || counts.deleted + counts.modified > MASS_AT_LEAST;
