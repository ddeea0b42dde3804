import { z } from 'zod';
import type { Files } from '../ports.ts';
import { ownDirectory } from './bare-store.ts';
import { isMirrored, isObjectId, type RefMap } from './ref-map.ts';

const refs = z.record(z.string().refine(isMirrored), z.string().refine(isObjectId));
const recordSchema = z.object({ version: z.literal(1), pushed: refs, pushing: refs });

/** What we have at the target by our own doing. A file: as refs, each would be waited for until it is on the disk. */
export interface PushedRecord {
  /** What we last pushed, and know to be taken. */
  readonly pushed: RefMap;
  /** What was about to be pushed. */
  readonly pushing: RefMap;
}

const file = (store: string): string => `${ownDirectory(store)}/pushed.json`;

/** Unreadable, or not there: nothing is known to be ours, and what is at the target is asked about before it is pushed over. */
export async function readPushed(files: Files, store: string): Promise<PushedRecord> {
  const content = await files.readIfThere(file(store));
  try {
    const { pushed, pushing } = recordSchema.parse(JSON.parse(content?.toString('utf8') ?? ''));
    return { pushed: new Map(Object.entries(pushed)), pushing: new Map(Object.entries(pushing)) };
  } catch {
    return { pushed: new Map(), pushing: new Map() };
  }
}

/** On the disk, whole, when it returns. */
export async function writePushed(files: Files, store: string, { pushed, pushing }: PushedRecord): Promise<void> {
  await files.writeAtomically(file(store), JSON.stringify({ version: 1, pushed: Object.fromEntries(pushed), pushing: Object.fromEntries(pushing) }), 0o644);
}
