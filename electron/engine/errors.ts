import type { FailureCode } from '../../shared/failure.ts';
import type { Params } from '../../shared/problem.ts';

/** A surprise with a code. Expected outcomes are return values; this is for what a caller could not go on from. */
export class LockstepError extends Error {
  readonly code: FailureCode;
  readonly params: Params;

  constructor(code: FailureCode, params: Params = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(params)}`, options);
    this.name = 'LockstepError';
    this.code = code;
    this.params = params;
  }
}

/** The system's error code (`ENOENT`, `EACCES`, …), or undefined. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** No more files, processes or memory for us: nothing is wrong with what we asked for. */
export const isSystemLimit = (code: string | undefined): boolean => code === 'EMFILE' || code === 'ENFILE' || code === 'ENOMEM' || code === 'EAGAIN';
