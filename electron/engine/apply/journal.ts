import { z } from 'zod';
import type { Files } from '../ports.ts';
import type { RepoPath } from '../repo-path.ts';
import type { TreeEntry } from '../vcs/vcs.ts';
import type { RunPlace } from './apply-space.ts';
import type { Operation } from './operation.ts';
import { isUnsafePath } from './unsafe-paths.ts';

const treeEntrySchema = z.object({ mode: z.enum(['100644', '100755', '120000', '160000']), id: z.string() });
/** Whoever prepared a repository may have written journals, too: none of them leads out of the work tree. */
export const repoPathSchema = z
  .string()
  .transform((path) => path as RepoPath)
  .refine((path) => !isUnsafePath(path));

const entrySchema = z.object({
  path: repoPathSchema,
  before: treeEntrySchema.nullable(),
  after: treeEntrySchema.nullable(),
  /** The bytes are ignored ones, and never go beside. */
  rescue: z.boolean(),
});

/** `entries[n]` says what `aside/<n>` is. `machine`: ours, for the names of copies. */
const journalSchema = z.object({ version: z.literal(1), machine: z.string(), entries: z.array(entrySchema) });

export type JournalEntry = z.infer<typeof entrySchema>;
export type Journal = z.infer<typeof journalSchema>;

export interface ReadJournal extends Journal {
  /** Whether every operation had been done. */
  readonly applied: boolean;
}

export function journalOf(machine: string, operations: readonly Operation[], target: (path: RepoPath) => TreeEntry | null): Journal {
  const entries = operations.map((operation) => ({
    path: operation.path,
    before: operation.do === 'remove' || operation.do === 'place' ? operation.before : null,
    after: target(operation.path),
    rescue: operation.do === 'rescue',
  }));
  return { version: 1, machine, entries };
}

/** On the disk when this returns: the work tree is not touched before. */
export async function writeJournal(files: Files, place: RunPlace, journal: Journal): Promise<void> {
  await files.writeAtomically(place.journal, JSON.stringify(journal), 0o600);
}

export async function markApplied(files: Files, place: RunPlace): Promise<void> {
  await files.rename(place.journal, place.applied);
}

/** Null: there is none, or it cannot be read. */
export async function readJournal(files: Files, place: RunPlace): Promise<ReadJournal | null> {
  const going = await files.readIfThere(place.journal);
  const text = going ?? (await files.readIfThere(place.applied));
  if (!text) return null;
  try {
    return { ...journalSchema.parse(JSON.parse(text.toString('utf8'))), applied: going === null };
  } catch {
    return null;
  }
}
