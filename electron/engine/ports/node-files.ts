import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, link, lstat, mkdir, open, readdir, readlink, realpath, rename, rm, rmdir, stat, statfs, symlink, unlink, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path/posix';
import { Readable } from 'node:stream';
import { systemCode } from '../errors.ts';
import type { Files, FsPath } from '../ports.ts';
import { fileStat, kindOf, type Kinds } from './file-stat.ts';
import { glance } from './node-glance.ts';

/** What a call gives, or null when there is nothing at the path. */
async function ifThere<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** Opens for reading without ever waiting for the other end of a fifo, which is then refused like any other odd file. */
async function openRegular(path: FsPath): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await handle.stat();
    if (stats.isFile()) return handle;
    const code = stats.isDirectory() ? 'EISDIR' : 'EINVAL';
    throw Object.assign(new Error(`${code}: not a regular file, open '${String(path)}'`), { code });
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function read(path: FsPath): Promise<Buffer> {
  const handle = await openRegular(path);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

async function* chunks(path: FsPath): AsyncGenerator<Buffer> {
  const handle = await openRegular(path);
  try {
    yield* handle.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>;
  } finally {
    await handle.close();
  }
}

async function create(path: FsPath, content: Buffer | string | Readable, { mode, sync }: { mode: number; sync: boolean }): Promise<void> {
  const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, mode);
  try {
    await writeFile(handle, content);
    if (sync) await handle.sync();
  } catch (error) {
    // O_EXCL made it ours: half a file must not be taken for a whole one.
    await handle.close();
    await unlink(path);
    throw error;
  }
  await handle.close();
}

/** Without ever waiting for somebody to read a fifo. */
async function append(path: FsPath, text: string, mode: number): Promise<void> {
  const handle = await open(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK, mode);
  try {
    await handle.appendFile(text);
  } finally {
    await handle.close();
  }
}

async function syncDirectory(path: FsPath): Promise<void> {
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } catch (error) {
    // Some file systems cannot flush a directory; there is nothing more to be had from them.
    if (systemCode(error) !== 'EINVAL' && systemCode(error) !== 'ENOTSUP') throw error;
  } finally {
    await handle.close();
  }
}

const parentOf = (path: FsPath): string | Buffer =>
  typeof path === 'string' ? dirname(path) : Buffer.from(dirname(path.toString('latin1')), 'latin1');

async function writeAtomically(path: FsPath, content: Buffer | string, mode: number): Promise<void> {
  const suffix = `.${randomBytes(6).toString('hex')}.tmp`;
  const temporary = typeof path === 'string' ? path + suffix : Buffer.concat([path, Buffer.from(suffix)]);
  await create(temporary, content, { mode, sync: true });
  try {
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary);
    throw error;
  }
  await syncDirectory(parentOf(path));
}

/** Not `recursive`: below `/proc` that never ends and cannot be stopped (Node 20). */
async function makeDirectories(path: FsPath, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    if (systemCode(error) === 'EEXIST' && (await stat(path)).isDirectory()) return;
    const parent = parentOf(path);
    if (systemCode(error) !== 'ENOENT' || String(parent) === String(path)) throw error;
    await makeDirectories(parent, mode);
    await mkdir(path, { mode }).catch(async (again: unknown) => {
      if (systemCode(again) !== 'EEXIST' || !(await stat(path)).isDirectory()) throw again;
    });
  }
}

/** The real files. Modes are subject to the umask, as with `open(2)` and `mkdir(2)`. */
export const nodeFiles: Files = {
  async stat(path) {
    const stats = await ifThere(lstat(path));
    return stats && fileStat(stats);
  },
  async list(path) {
    // The typings know no buffer names with file types; Node gives them. With names as latin1 text Node itself would fail
    // where the file system does not tell types and it has to look each name up.
    const entries = (await readdir(path, { withFileTypes: true, encoding: 'buffer' as 'utf8' })) as unknown as readonly (Kinds & { name: Buffer })[];
    return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
  },
  read,
  readIfThere: (path) => ifThere(read(path)),
  glance,
  openRead: (path) => Readable.from(chunks(path), { objectMode: false }),
  create,
  writeAtomically,
  append,
  link,
  rename,
  remove: unlink,
  removeDirectory: (path) => rmdir(path),
  removeTree: (path) => rm(path, { recursive: true, force: true }),
  makeDirectory: (path, mode) => mkdir(path, mode),
  makeDirectories,
  symlink: (target, path) => symlink(target, path),
  readLink: (path) => readlink(path, { encoding: 'buffer' }),
  async setMode(path, mode) {
    // chmod(2) follows links: the target may lie anywhere.
    if ((await lstat(path)).isSymbolicLink()) throw Object.assign(new Error(`ELOOP: a symbolic link, chmod '${String(path)}'`), { code: 'ELOOP' });
    await chmod(path, mode);
  },
  syncDirectory,
  async isReadable(path, kind) {
    try {
      await access(path, kind === 'directory' ? constants.R_OK | constants.X_OK : constants.R_OK);
      return true;
    } catch {
      return false;
    }
  },
  realPath: (path) => realpath(path),
  async freeBytes(path) {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  },
};
