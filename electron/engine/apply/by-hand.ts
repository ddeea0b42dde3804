import { z } from 'zod';
import type { Files } from '../ports.ts';
import { repoPathFromBytes, type RepoPath } from '../repo-path.ts';
import type { AsideKeeper } from './aside.ts';
import { repoPathSchema } from './journal.ts';
import type { Rescue } from './rescue.ts';

/** Where changes of single files are made: `stage-<n>`, what is to come; `aside-<n>`, what lay there; `aside-<n>.json`, where that was. */
export const byHandDirectory = (ownDirectory: string): string => `${ownDirectory}/by-hand`;

/** `back`: when all ends here, it goes back to where it was, unless something is there. */
const originSchema = z.object({ version: z.literal(1), path: repoPathSchema, back: z.boolean() });
export type Origin = Omit<z.infer<typeof originSchema>, 'version'>;

const originFile = (aside: string): string => `${aside}.json`;

/** On the disk when this returns: the file is moved only then. */
export const writeOrigin = (files: Files, aside: string, origin: Origin): Promise<void> =>
  files.writeAtomically(originFile(aside), JSON.stringify({ version: 1, ...origin }), 0o600);

export const removeOrigin = (files: Files, aside: string): Promise<void> => files.remove(originFile(aside));

async function readOrigin(files: Files, aside: string): Promise<Origin | null> {
  const text = await files.readIfThere(originFile(aside));
  if (!text) return null;
  try {
    return originSchema.parse(JSON.parse(text.toString('utf8')));
  } catch {
    return null;
  }
}

interface Keepers {
  readonly files: Files;
  readonly keeper: AsideKeeper;
  readonly rescue: Rescue;
}

/**
 * What a change of a single file had moved aside when a crash came, at the next start. A file that was only about to be
 * replaced is not one that the person deleted: it goes back. Everything else goes to rescue.
 */
export async function recoverByHand({ files, keeper, rescue }: Keepers, directory: string): Promise<{ putBack: RepoPath[]; rescued: RepoPath[] }> {
  const recovered: { putBack: RepoPath[]; rescued: RepoPath[] } = { putBack: [], rescued: [] };
  if (!(await files.stat(directory))) return recovered;
  const names = (await files.list(directory)).map(({ name }) => name.toString('latin1'));
  for (const name of names.filter((each) => /^aside-[^.]+$/.test(each))) {
    const aside = `${directory}/${name}`;
    const origin = await readOrigin(files, aside);
    const path = origin?.path ?? repoPathFromBytes(Buffer.from(name));
    const entry = { path, before: null, after: null, rescue: false };
    if (origin?.back && (await keeper.putBack({ name, file: Buffer.from(aside), entry }))) {
      recovered.putBack.push(path);
      continue;
    }
    await rescue.put(aside, path, 'left-behind');
    await files.remove(aside);
    recovered.rescued.push(path);
  }
  // What tells where an aside was goes only after it.
  for (const { name } of await files.list(directory)) await files.remove(Buffer.concat([Buffer.from(`${directory}/`), name]));
  return recovered;
}
