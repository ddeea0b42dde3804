import { z } from 'zod';
import { MIRROR_CODES } from './mirror-problem.ts';
import { PROBLEM_CODES, paramsSchema } from './problem.ts';

/** Why a command was not done, beyond the problem codes. */
export const FAILURE_CODES = [
  ...PROBLEM_CODES,
  ...MIRROR_CODES,
  'usage',
  'already-running',
  'not-running',
  'no-such-folder',
  'no-such-conflict',
  'no-such-commit',
  'no-such-path',
  'no-such-rescue',
  'no-such-account',
  'no-such-mirror',
  'no-such-backup',
  'account-in-use',
  'bad-pattern',
  'not-a-repository',
  'already-added',
  'nested-in-folder',
  'path-taken',
  'already-pushed',
  'path-refused',
  'address-refused',
  'other-history',
  'port-taken',
  'bad-code',
  'bad-file',
  'needs-decision',
  'cancelled',
  'not-in-step',
  'not-available',
  'kept-in-keyring',
  'internal',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

export const failureSchema = z.object({ code: z.enum(FAILURE_CODES), message: z.string(), params: paramsSchema.default({}) });

/** A failure as it crosses a boundary: the sentence is already made, in the words of the asking host. */
export type Failure = z.infer<typeof failureSchema>;

const EXIT_CODES: Partial<Record<FailureCode, number>> = {
  usage: 2,
  'address-refused': 2,
  'path-refused': 2,
  'already-running': 3,
  'not-running': 4,
  'no-such-folder': 5,
  'no-such-conflict': 5,
  'no-such-commit': 5,
  'no-such-path': 5,
  'no-such-rescue': 5,
  'no-such-account': 5,
  'no-such-mirror': 5,
  'no-such-backup': 5,
  'bad-pattern': 2,
  'not-a-repository': 5,
  'needs-decision': 6,
};

/** Exit code of INTERFACE.md for a failure; 1 where nothing else is said. */
export const exitCode = (code: FailureCode): number => EXIT_CODES[code] ?? 1;
