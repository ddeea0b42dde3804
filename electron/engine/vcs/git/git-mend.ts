import type { ObjectId } from '../vcs.ts';
import type { GitParts } from './git-commit.ts';
import { gitAtWork } from './git-locks.ts';

/**
 * Puts right what a power failure leaves: files of the repository's own that are there and empty. What they said is known
 * from the logs and the commit, and nothing can be lost of an empty file. Gives the names of those that were put right.
 */
export async function mend(parts: GitParts, branch: string | null): Promise<readonly string[]> {
  if (branch === null) return [];
  const { gitDir, commonDir } = parts.repository.place;
  const mended: string[] = [];
  for (const [name, file, put] of [[`refs/heads/${branch}`, `${commonDir}/refs/heads/${branch}`, mendBranch], ['HEAD', `${gitDir}/HEAD`, mendHead], ['index', `${gitDir}/index`, mendIndex]] as const) {
    if (!(await isEmpty(parts, file)) || (await gitAtWork(parts.repository))) continue;
    if (await put(parts, file, branch)) mended.push(name);
  }
  return mended;
}

const MOST_BYTES = 64 * 1024;

/** There, and nothing in it: no bytes, or (some file systems) only zeros. */
async function isEmpty({ repository }: GitParts, file: string): Promise<boolean> {
  const { files } = repository.ports;
  const stat = await files.stat(file);
  return stat?.kind === 'file' && stat.bytes <= MOST_BYTES && (await files.read(file)).every((byte) => byte === 0 || byte === 0x0a);
}

/** To the newest commit of its log that is there as a whole; what came after it is still in the work tree. */
async function mendBranch(parts: GitParts, file: string, branch: string): Promise<boolean> {
  const { files } = parts.repository.ports;
  const { commonDir } = parts.repository.place;
  for (const id of (await logged(parts, `${commonDir}/logs/refs/heads/${branch}`)).reverse()) {
    if ((await parts.objects.read(Buffer.from(`${id}^{tree}`)))?.type !== 'tree') continue;
    await files.writeAtomically(file, `${id}\n`, 0o644);
    return true;
  }
  return false;
}

/** To the folder's branch, where its log says that it was there. */
async function mendHead(parts: GitParts, file: string, branch: string): Promise<boolean> {
  const { files } = parts.repository.ports;
  const { gitDir, commonDir } = parts.repository.place;
  const tip = (await files.readIfThere(`${commonDir}/refs/heads/${branch}`))?.toString('latin1').trim();
  const last = (await logged(parts, `${gitDir}/logs/HEAD`)).at(-1);
  if (tip === undefined || last !== tip) return false;
  await files.writeAtomically(file, `ref: refs/heads/${branch}\n`, 0o644);
  return true;
}

/** To what the commit holds: then nothing is staged, and what differs is found by looking. */
async function mendIndex({ repository }: GitParts, file: string): Promise<boolean> {
  const { files } = repository.ports;
  if (await files.stat(`${file}.lock`)) return false;
  const made = repository.own('mended-index');
  await repository.output(['read-tree', 'HEAD'], { index: made });
  await files.rename(made, file);
  return true;
}

/** The values that a ref has had, oldest first: `OLD NEW who when TAB why`, one a line. */
async function logged({ repository }: GitParts, file: string): Promise<ObjectId[]> {
  const lines = ((await repository.ports.files.readIfThere(file))?.toString('latin1') ?? '').split('\n');
  return lines.flatMap((line) => /^[0-9a-f]+ ([0-9a-f]{40,64}) /.exec(line)?.[1] ?? []);
}
