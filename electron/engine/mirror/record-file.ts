import { z } from 'zod';
import { mirrorProblemSchema } from '../../../shared/mirror-problem.ts';
import type { Files, Log } from '../ports.ts';
import { installedHookSchema, repositoryRecordSchema } from './repository-record.ts';

const recordsSchema = z.object({
  version: z.literal(1),
  lastRunAt: z.iso.datetime().nullable(),
  listedAt: z.iso.datetime().nullable(),
  problem: mirrorProblemSchema.nullable(),
  lastHook: z.object({ at: z.iso.datetime(), verdict: z.enum(['right', 'wrong-signature', 'no-signature', 'unreadable', 'repeated', 'not-ours']) }).nullable().default(null),
  /** The one webhook for all of the owner; null: none, or one for each repository. */
  ownerHook: installedHookSchema.nullable().default(null),
  repositories: z.array(repositoryRecordSchema),
});
/** All that is remembered of a mirror beside its settings. */
export type MirrorRecords = z.infer<typeof recordsSchema>;

export const noRecords = (): MirrorRecords => ({ version: 1, lastRunAt: null, listedAt: null, problem: null, lastHook: null, ownerHook: null, repositories: [] });

/** Nothing when there is none; what cannot be understood is put beside, since the stores tell it all again. */
export async function loadRecords(files: Files, path: string, log: Log): Promise<MirrorRecords> {
  const bytes = await files.readIfThere(path);
  if (bytes === null) return noRecords();
  try {
    return recordsSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    log.warn('what was remembered of a mirror could not be understood', { path, error: String(error) });
    await files.rename(path, `${path}.damaged`);
    return noRecords();
  }
}

export const saveRecords = (files: Files, path: string, records: MirrorRecords): Promise<void> => files.writeAtomically(path, JSON.stringify(records), 0o600);
