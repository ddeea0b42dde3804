import { LockstepError, systemCode } from '../errors.ts';
import type { Files, Ports } from '../ports.ts';
import { displayPath, parseDisplayPath, repoPathFromBytes, type RepoPath } from '../repo-path.ts';
import type { SetAsideState, TreeEntry, Vcs } from '../vcs/vcs.ts';
import { makeParents } from './parents.ts';
import { Rescue } from './rescue.ts';
import { numberedName } from './tagged-name.ts';
import { isUnsafePath } from './unsafe-paths.ts';
import { workTreePath } from './work-tree-path.ts';

export interface Wanted {
  /** As listed. */
  readonly name: string;
  /** Where to, below `directory`; undefined: as it was called. */
  readonly path: RepoPath | undefined;
  readonly directory: string;
}

/** How often a name may turn out to be taken. */
const MOST_NAMES = 1000;

/**
 * Copies what was set aside to where the person wants it, over nothing that is there: `path-taken` where they named the
 * path, and a name beside it where they did not. Gives the path below `wanted.directory`.
 */
export async function bringBack(ports: Pick<Ports, 'files' | 'clock'>, vcs: Vcs, wanted: Wanted): Promise<RepoPath> {
  const rescue = new Rescue(ports, vcs.ownDirectory);
  const kept = (await rescue.list()).find(({ name }) => name === wanted.name);
  if (!kept) throw new LockstepError('no-such-rescue', { name: wanted.name });
  return placed(ports.files, wanted, parseDisplayPath(kept.path), Date.parse(kept.at), (target) => rescue.restore(kept.name, target));
}

/** One file of a state of the whole folder; beside the one that is there, if there is one. */
export async function bringBackFrom(files: Files, vcs: Vcs, state: SetAsideState, path: RepoPath, directory: string, signal: AbortSignal): Promise<RepoPath> {
  const entry = await vcs.entryAt(state.commit, path);
  if (!entry) throw new LockstepError('no-such-path', { path: displayPath(path) });
  return placed(files, { name: state.name, path: undefined, directory }, path, state.atMs, async (target) => {
    for await (const { bytes } of vcs.contents([{ path, entry }], signal)) await write(files, target, entry, bytes);
  });
}

/** The whole folder as it was, in a directory of its own that is not there yet (`path-taken`). */
export async function bringBackState(files: Files, vcs: Vcs, state: SetAsideState, directory: string, signal: AbortSignal): Promise<void> {
  if (await files.stat(directory)) throw new LockstepError('path-taken', { path: directory });
  await files.makeDirectories(directory, 0o777);
  const entries = (await vcs.diff(null, state.commit, signal)).flatMap(({ path, after }) => (after && !isUnsafePath(path) ? [{ path, entry: after }] : []));
  for await (const { path, entry, bytes } of vcs.contents(entries, signal)) {
    const obstacle = await makeParents(files, directory, path);
    if (obstacle) throw new LockstepError('path-taken', { path: displayPath(obstacle) });
    await write(files, workTreePath(directory, path), entry, bytes);
  }
}

async function placed(files: Files, { path, directory }: Wanted, original: RepoPath, atMs: number, put: (target: Buffer) => Promise<void>): Promise<RepoPath> {
  await files.makeDirectories(directory, 0o777);
  for (let number = 0; ; number++) {
    const target = path ?? (number === 0 ? original : numberedName(original, `set aside ${localTime(atMs)}`, number));
    if (isUnsafePath(target)) throw new LockstepError('no-such-path', { path: displayPath(target) });
    const obstacle = await makeParents(files, directory, target);
    if (obstacle) throw new LockstepError('path-taken', { path: displayPath(obstacle) });
    try {
      await put(workTreePath(directory, target));
      return target;
    } catch (error) {
      if (!(error instanceof LockstepError) || error.code !== 'path-taken' || path !== undefined || number === MOST_NAMES) throw error;
    }
  }
}

async function write(files: Files, target: Buffer, { mode }: TreeEntry, bytes: Buffer): Promise<void> {
  try {
    if (mode === '120000') await files.symlink(bytes, target);
    else await files.create(target, bytes, { mode: mode === '100755' ? 0o777 : 0o666, sync: true });
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw new LockstepError('path-taken', { path: displayPath(repoPathFromBytes(target)) }, { cause: error });
    throw error;
  }
}

/** `2026-11-21 15.04`, in the person's own time: for names of files. */
export function localTime(atMs: number): string {
  const date = new Date(atMs);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}.${two(date.getMinutes())}`;
}
