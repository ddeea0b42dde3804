import { LockstepError } from '../errors.ts';
import { isBranchName } from '../vcs/branch-name.ts';
import type { RepositoryRecord } from './repository-record.ts';

/** A yes to exactly what was shown: another plan asks again. */
export interface Approval {
  readonly digest: string;
  /** What another hand pushed to the target stays there as a branch of this name. */
  readonly renameTheirs: string | undefined;
}

export function approvalFor({ name, held }: RepositoryRecord, rename: string | undefined): Approval {
  if (rename !== undefined && !isBranchName(rename)) throw new LockstepError('usage', { detail: `“${rename}” cannot be the name of a branch.` });
  if (held === null) throw new LockstepError('not-available', { detail: `Nothing waits for a yes in ${name}.` });
  return { digest: held, renameTheirs: rename };
}
