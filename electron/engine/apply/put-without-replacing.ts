import { systemCode } from '../errors.ts';
import type { Files, FileStat, FsPath } from '../ports.ts';

/** What a file system says that has no hard links, or will not make this one (another device, a file of somebody else). */
const NO_LINK = new Set(['EPERM', 'EXDEV', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/**
 * Makes what lies at `from` be at `to` as well, never over something that is there (`taken`). A hard link where that
 * can be: whoever still writes to the old name then writes to the new one too. Directories and odd files are moved.
 */
export async function putWithoutReplacing(files: Files, from: FsPath, to: FsPath, stat: Pick<FileStat, 'kind' | 'mode'>): Promise<'put' | 'taken'> {
  try {
    if (stat.kind === 'file') await linkOrCopy(files, from, to, stat.mode);
    else if (stat.kind === 'link') await files.symlink(await files.readLink(from), to);
    // A directory replaces at most an empty directory, and any other name is looked at first.
    else if (await files.stat(to)) return 'taken';
    else await files.rename(from, to);
    return 'put';
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return 'taken';
    throw error;
  }
}

async function linkOrCopy(files: Files, from: FsPath, to: FsPath, mode: number): Promise<void> {
  try {
    await files.link(from, to);
  } catch (error) {
    if (!NO_LINK.has(systemCode(error) ?? '')) throw error;
    await files.create(to, files.openRead(from), { mode: mode & 0o777, sync: true });
  }
}
