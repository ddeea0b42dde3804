import { posix } from 'node:path';
import type { EngineCore } from '../engine-core.ts';
import { LockstepError, systemCode } from '../errors.ts';

/** As much of a path as a sentence can carry. */
const SHOWN_LENGTH = 200;

/**
 * A path as a person gives it, made absolute: `~` is their home. Which folder another relative one is meant from, the
 * engine cannot know. Throws `path-refused`.
 */
export function wantedPath(core: EngineCore, path: string): string {
  const { homeDirectory } = core.options.ports.host;
  const expanded = path === '~' || path.startsWith('~/') ? posix.join(homeDirectory, path.slice(1)) : path;
  if (!posix.isAbsolute(expanded)) throw new LockstepError('path-refused', { path: shown(path), reason: 'path-not-absolute' });
  if (path.includes('\0')) throw new LockstepError('path-refused', { path: shown(path), reason: 'path-with-zero' });
  if (isTooLong(expanded)) throw new LockstepError('path-refused', { path: shown(path), reason: 'path-too-long' });
  return posix.resolve(expanded);
}

/** Linux: `PATH_MAX` with its closing zero, and `NAME_MAX` (limits.h). */
const isTooLong = (path: string): boolean => Buffer.byteLength(path) >= 4096 || path.split('/').some((name) => Buffer.byteLength(name) > 255);

/** The directory behind a path, links followed. Throws `no-such-path`, `not-a-repository` for a file, `path-refused`. */
export async function directoryAt(core: EngineCore, path: string): Promise<string> {
  const { files } = core.options.ports;
  try {
    const real = await files.realPath(path);
    if ((await files.stat(real))?.kind !== 'directory') throw new LockstepError('not-a-repository', { path, reason: 'a-file' });
    return real;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENAMETOOLONG') throw new LockstepError('path-refused', { path: shown(path), reason: 'path-too-long' }, { cause: error });
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new LockstepError('no-such-path', { path }, { cause: error });
    throw error;
  }
}

/** Two folders in one another would commit each other's files; the same one twice would race itself. `but`: the folder that is to lie there. */
export function refuseOverlap(core: EngineCore, path: string, but?: string): void {
  for (const folder of core.settings().folders) {
    if (folder.id === but) continue;
    if (folder.path === path) throw new LockstepError('already-added', { path, folder: folder.name });
    if (path.startsWith(`${folder.path}/`) || folder.path.startsWith(`${path}/`)) throw new LockstepError('nested-in-folder', { path, folder: folder.name, of: folder.path });
  }
}

const shown = (path: string): string => (path.length <= SHOWN_LENGTH ? path : `${path.slice(0, SHOWN_LENGTH)}…`);
