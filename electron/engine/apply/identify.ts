import { createHash } from 'node:crypto';
import { systemCode } from '../errors.ts';
import type { Files, FileStat } from '../ports.ts';
import type { RepoPath } from '../repo-path.ts';
import type { ObjectId, TreeEntry } from '../vcs/vcs.ts';
import type { ApplierVcs } from './applier.ts';
import { eachLimited } from '../each-limited.ts';

const PARALLEL_LOOKS = 16;

/** A file or link, and what it may be a version of. */
export interface Questioned {
  readonly path: RepoPath;
  /** Where it lies now. */
  readonly file: Buffer;
  readonly stat: FileStat;
  readonly candidates: readonly (TreeEntry | null)[];
}

/**
 * The ids that the contents have in the repository, in the order asked; null for what cannot be read. A link that is no
 * candidate's gets an id that no object has: nothing is written just to name it.
 */
export async function identify(files: Files, vcs: ApplierVcs, questioned: readonly Questioned[], signal: AbortSignal): Promise<readonly (ObjectId | null)[]> {
  const ids = await Promise.all(questioned.map(async (one) => (one.stat.kind === 'link' ? linkId(files, vcs, one) : null)));
  const regular = new Map<number, Questioned>();
  await eachLimited(questioned.entries(), PARALLEL_LOOKS, async ([index, one]) => {
    if (one.stat.kind === 'file' && (await files.isReadable(one.file, 'file'))) regular.set(index, one);
  });
  if (regular.size === 0) return ids;
  const asked = [...regular.values()].map(({ path, file, stat }) => ({ path, file, mode: stat.mode & 0o100 ? ('100755' as const) : ('100644' as const) }));
  const found = await ask(vcs, asked, signal);
  for (const [nth, index] of [...regular.keys()].entries()) ids[index] = found[nth] ?? null;
  return ids;
}

/** One that is taken away while we ask must not keep the others from being answered. */
async function ask(vcs: ApplierVcs, asked: Parameters<ApplierVcs['identify']>[0], signal: AbortSignal): Promise<readonly (ObjectId | null)[]> {
  try {
    return await vcs.identify(asked, signal);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    if (asked.length === 1) return [null];
    const answers: (ObjectId | null)[] = [];
    for (const one of asked) answers.push(...(await ask(vcs, [one], signal)));
    return answers;
  }
}

async function linkId(files: Files, vcs: ApplierVcs, { file, candidates }: Questioned): Promise<ObjectId> {
  const target = await files.readLink(file);
  for (const candidate of candidates) {
    if (candidate?.mode === '120000' && (await vcs.readBlob(candidate.id)).equals(target)) return candidate.id;
  }
  return createHash('sha256').update(target).digest('hex');
}

/** Whether an identified content is that of an entry of a tree, as what it is. */
export const isVersionOf = (stat: FileStat, id: ObjectId | null, entry: TreeEntry | null): boolean =>
  entry !== null && entry.id === id && (entry.mode === '120000') === (stat.kind === 'link') && entry.mode !== '160000';
