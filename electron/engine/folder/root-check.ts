import { LockstepError, systemCode } from '../errors.ts';
import type { Files, FileStat } from '../ports.ts';
import type { Finding, Vcs } from '../vcs/vcs.ts';
import { isSameDirectory } from '../watch/root-guard.ts';
import type { FolderContext } from './folder-context.ts';

/** The directories that a folder is known by while it is open. */
export interface Root {
  readonly workTree: FileStat;
  readonly gitDir: FileStat;
}

/** A directory as it is when the folder is opened. A link in its place leads to something that nobody added. Throws `root-missing` with the folder's path. */
export async function directoryAt(files: Files, path: string, folder = path): Promise<FileStat> {
  const directory = await presentAt(files, path);
  if (directory?.kind !== 'directory') throw new LockstepError('root-missing', { path: folder });
  return directory;
}

/** A disk that was pulled out, or a server of files that hung up, leaves a place that is there and does not answer. */
const OUT_OF_REACH = new Set(['EIO', 'ENXIO', 'ENODEV', 'ENOTCONN', 'ESTALE', 'EHOSTDOWN', 'EHOSTUNREACH', 'ECONNABORTED', 'ETIMEDOUT']);

async function presentAt(files: Files, path: string): Promise<FileStat | null> {
  try {
    return await files.stat(path);
  } catch (error) {
    if (OUT_OF_REACH.has(systemCode(error) ?? '')) return null;
    throw error;
  }
}

/**
 * Throws `root-missing` when another repository lies at the folder's place: one that has never seen the first commit of
 * this folder's history. A new clone of the same history has it, and so has one whose history was rewritten here.
 */
export async function refuseOther(vcs: Vcs, rootCommit: string | null): Promise<void> {
  if (rootCommit === null || (await vcs.commitInfo(rootCommit)) !== null) return;
  const { workTree } = vcs.place;
  throw new LockstepError('root-missing', { path: workTree, replaced: workTree });
}

/** The folder itself: there, the same directory as when it was opened, and still the same repository. An emptied mount point is no deletion of everything. */
export async function rootFinding({ vcs, ports, root }: Pick<FolderContext, 'vcs' | 'ports' | 'root'>): Promise<Finding | null> {
  const { workTree, gitDir } = vcs.place;
  const isSame = isSameDirectory(root.workTree, await presentAt(ports.files, workTree)) && isSameDirectory(root.gitDir, await presentAt(ports.files, gitDir));
  const isRepository = isSame && (isBelow(gitDir, workTree) || (await ports.files.stat(`${workTree}/.git`)) !== null);
  return isRepository ? null : { code: 'root-missing', params: { path: workTree } };
}

/** Elsewhere, for a linked work tree and the like, it is still there when the work tree was emptied: then its `.git` file tells. */
const isBelow = (path: string, directory: string): boolean => path.startsWith(`${directory}/`);
