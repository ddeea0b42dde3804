import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { systemCode } from '../errors.ts';
import type { FileStat, FsPath, Glance } from '../ports.ts';
import { fileStat } from './file-stat.ts';

/** Looked at without a break; between two such groups the program does what else waits. */
const AT_ONCE = 32;
const GONE: Glance = { stat: null, content: null, refused: false };

/** Each call to the thread pool costs more than the file itself: ten thousand small files are read several times faster in place. */
export async function glance(paths: readonly FsPath[], maxBytes: number): Promise<Glance[]> {
  const found: Glance[] = [];
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    if (start > 0) await setImmediate();
    for (const path of paths.slice(start, start + AT_ONCE)) found.push(lookAt(path, maxBytes));
  }
  return found;
}

function lookAt(path: FsPath, maxBytes: number): Glance {
  const stat = statOf(path);
  if (!stat || stat.kind !== 'file') return { ...GONE, stat };
  try {
    return { stat, content: stat.bytes <= maxBytes ? readRegular(path, maxBytes) : (closeSync(openRegular(path)), null), refused: false };
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EACCES' || code === 'EPERM') return { stat, content: null, refused: true };
    // Gone, or something else by now: the next look sees what is there then.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENXIO') return GONE;
    throw error;
  }
}

function statOf(path: FsPath): FileStat | null {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats ? fileStat(stats) : null;
}

/** A fifo that came in its place is not waited for. */
const openRegular = (path: FsPath): number => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);

function readRegular(path: FsPath, maxBytes: number): Buffer | null {
  const handle = openRegular(path);
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile() || stats.size > maxBytes) return null;
    const content = Buffer.allocUnsafe(stats.size);
    let length = 0;
    for (let read = -1; read !== 0 && length < content.length; length += read) read = readSync(handle, content, length, content.length - length, null);
    return content.subarray(0, length);
  } finally {
    closeSync(handle);
  }
}
