import { LockstepError, systemCode } from '../errors.ts';
import type { RepoPath } from '../repo-path.ts';
import type { ApplyOutcome } from './applier.ts';

type TroubleCode = Extract<ApplyOutcome, { outcome: 'trouble' }>['code'];

/** Ends an apply from within: it becomes its outcome. */
export class PathTrouble extends Error {
  readonly code: TroubleCode;
  readonly path: RepoPath;

  constructor(code: TroubleCode, path: RepoPath, options?: { cause?: unknown }) {
    super(`${code} at ${JSON.stringify(path)}`, options);
    this.code = code;
    this.path = path;
  }
}

/** Somebody put something there after we looked, and it is not for us to move: it must be committed first. */
export class LocalObstacle extends Error {
  readonly path: RepoPath;

  constructor(path: RepoPath) {
    super(`something is in the way at ${JSON.stringify(path)}`);
    this.path = path;
  }
}

const BY_SYSTEM_CODE: Readonly<Record<string, TroubleCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  ENAMETOOLONG: 'unsupported-file',
  EILSEQ: 'unsupported-file',
  EINVAL: 'unsupported-file',
  ELOOP: 'unsupported-file',
  EFBIG: 'unsupported-file',
  EXDEV: 'unsupported-file',
  EBUSY: 'unsupported-file',
};

const OF_REPOSITORY: ReadonlySet<string> = new Set<TroubleCode>(['disk-full', 'read-only', 'unreadable-path', 'unsupported-file', 'remote-damaged', 'damaged-repository']);
const isTroubleCode = (code: string): code is TroubleCode => OF_REPOSITORY.has(code);

/** The trouble that an error means at a path; the error itself where it is a surprise. */
export function asTrouble(error: unknown, path: RepoPath, meaning: Readonly<Record<string, TroubleCode>> = {}): unknown {
  if (error instanceof PathTrouble) return error;
  if (error instanceof LockstepError) return isTroubleCode(error.code) ? new PathTrouble(error.code, path, { cause: error }) : error;
  const code = systemCode(error) ?? '';
  const trouble = meaning[code] ?? BY_SYSTEM_CODE[code];
  return trouble ? new PathTrouble(trouble, path, { cause: error }) : error;
}

/** Does something at a path; what is no surprise there (a full disk, no permission) is thrown as its trouble. */
export async function atPath<T>(path: RepoPath, work: () => Promise<T>, meaning?: Readonly<Record<string, TroubleCode>>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asTrouble(error, path, meaning);
  }
}

/** While looking, a missing permission is one to read. */
export const WHILE_READING: Readonly<Record<string, TroubleCode>> = { EACCES: 'unreadable-path', EPERM: 'unreadable-path', EIO: 'unreadable-path' };
