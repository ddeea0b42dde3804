import { z } from 'zod';
import { mirrorProblemSchema } from '../../../shared/mirror-problem.ts';
import { MIRROR_STATES } from '../../../shared/mirror.ts';

const at = z.iso.datetime();

/** Where it rings, and a digest of that with the secret: another one is to be renewed. */
export const installedHookSchema = z.object({ url: z.string(), digest: z.string() });
export type InstalledHook = z.infer<typeof installedHookSchema>;

/**
 * What is remembered of one repository of a mirror. Its refs and backups are in its store; this is what a list shows, and
 * by what it is known again. Losing it costs a listing and a look, nothing else.
 */
export const repositoryRecordSchema = z.object({
  /** The forge's stable id, by which it is known when it is renamed; of a single address that address. */
  key: z.string(),
  name: z.string(),
  /** Credential-less address that git reads from. */
  url: z.string(),
  /** Below the mirror's folder; stays when the repository is renamed. */
  store: z.string(),
  state: z.enum(MIRROR_STATES),
  refs: z.number(),
  lastSync: at.nullable(),
  lastMoved: at.nullable(),
  archived: z.boolean(),
  private: z.boolean(),
  description: z.string(),
  defaultBranch: z.string().nullable(),
  bytes: z.number().nullable(),
  problem: mirrorProblemSchema.nullable(),
  /** Runs in a row that did not bring it into step. */
  failures: z.number(),
  /** Not before this time by itself. */
  notBefore: at.nullable(),
  /** Digest of what waits for a yes, and of what got it. */
  held: z.string().nullable(),
  approved: z.string().nullable(),
  /** Not in the list any more, though that was read to its end. */
  gone: z.boolean(),
  /** Name at the target's forge, once it was made there. */
  targetName: z.string().nullable(),
  /** The webhook that was installed there; null: none of ours. */
  hook: installedHookSchema.nullable().default(null),
  /** Digest of the refs that a look found the last time all was in step. */
  seen: z.string().nullable(),
});
export type RepositoryRecord = z.infer<typeof repositoryRecordSchema>;

export const newRecord = (known: Pick<RepositoryRecord, 'key' | 'name' | 'url' | 'store'> & Partial<RepositoryRecord>): RepositoryRecord => ({
  state: 'never-synced',
  refs: 0,
  lastSync: null,
  lastMoved: null,
  archived: false,
  private: true,
  description: '',
  defaultBranch: null,
  bytes: null,
  problem: null,
  failures: 0,
  notBefore: null,
  held: null,
  approved: null,
  gone: false,
  targetName: null,
  hook: null,
  seen: null,
  ...known,
});
