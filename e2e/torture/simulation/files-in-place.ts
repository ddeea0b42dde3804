import * as fs from 'node:fs';
import { fileStat, kindOf } from '../../../electron/engine/ports/file-stat.ts';
import type { DirectoryEntry, FileStat, FsPath, Glance } from '../../../electron/engine/ports.ts';

const { constants } = fs;

/** Names by which a temporary file is told from others, one after the other: none is drawn, so that histories repeat. */
let temporaries = 0;

function failure(code: string, path: FsPath): Error {
  return Object.assign(new Error(`${code}: '${String(path)}'`), { code });
}

const beside = (path: FsPath, suffix: string): FsPath => (typeof path === 'string' ? path + suffix : Buffer.concat([path, Buffer.from(suffix)]));

function read(path: FsPath): Buffer {
  const handle = fs.openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fs.fstatSync(handle);
    if (!stats.isFile()) throw failure(stats.isDirectory() ? 'EISDIR' : 'EINVAL', path);
    return fs.readFileSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

function stat(path: FsPath): FileStat | null {
  try {
    return fileStat(fs.lstatSync(path));
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

const isAbsence = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

function create(path: FsPath, content: Buffer | string, mode: number): void {
  const handle = fs.openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, mode);
  try {
    fs.writeFileSync(handle, content);
  } finally {
    fs.closeSync(handle);
  }
}

function glance(path: FsPath, maxBytes: number): Glance {
  const found = stat(path);
  if (found?.kind !== 'file') return { stat: found, content: null, refused: false };
  return { stat: found, content: found.bytes <= maxBytes ? read(path) : null, refused: false };
}

/**
 * Files as the real port has them, each call done at once and in place: through the system's threads, which only matter
 * where others wait for them, a call costs twenty times as much. In memory, nothing needs to be flushed.
 */
export const filesInPlace = {
  stat,
  list: (path: FsPath): DirectoryEntry[] =>
    // The typings know no buffer names with file types; Node gives them.
    (fs.readdirSync(path, { withFileTypes: true, encoding: 'buffer' as 'utf8' }) as unknown as readonly (fs.Dirent & { name: Buffer })[])
      .map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
      .sort((a, b) => Buffer.compare(a.name, b.name)),
  read,
  readIfThere: (path: FsPath): Buffer | null => (stat(path) ? read(path) : null),
  glance: (paths: readonly FsPath[], maxBytes: number): Glance[] => paths.map((path) => glance(path, maxBytes)),
  create,
  writeAtomically(path: FsPath, content: Buffer | string, mode: number): void {
    const temporary = beside(path, `.${(temporaries += 1)}.tmp`);
    create(temporary, content, mode);
    fs.renameSync(temporary, path);
  },
  append: (path: FsPath, text: string, mode: number): void => fs.appendFileSync(path, text, { mode }),
  link: (from: FsPath, to: FsPath): void => fs.linkSync(from, to),
  rename: (from: FsPath, to: FsPath): void => fs.renameSync(from, to),
  remove: (path: FsPath): void => fs.unlinkSync(path),
  removeDirectory: (path: FsPath): void => fs.rmdirSync(path),
  removeTree: (path: FsPath): void => fs.rmSync(path, { recursive: true, force: true }),
  makeDirectory: (path: FsPath, mode: number): void => fs.mkdirSync(path, mode),
  makeDirectories: (path: FsPath, mode: number): void => void fs.mkdirSync(path, { recursive: true, mode }),
  symlink: (target: Buffer, path: FsPath): void => fs.symlinkSync(target, path),
  readLink: (path: FsPath): Buffer => fs.readlinkSync(path, { encoding: 'buffer' }),
  setMode(path: FsPath, mode: number): void {
    if (fs.lstatSync(path).isSymbolicLink()) throw failure('ELOOP', path);
    fs.chmodSync(path, mode);
  },
  realPath: (path: string): string => fs.realpathSync(path),
};
