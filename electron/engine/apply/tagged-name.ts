import { baseName, joinPath, parentPath, type RepoPath } from '../repo-path.ts';

/** Most file systems take 255 bytes for one component of a path. */
const MAX_NAME_BYTES = 255;

/** An extension holds a letter, so that `notes 2024.12` has none; of some double ones both parts belong together. */
const EXTENSION = /(?:\.(?:tar|min|d|test|spec|user))?\.(?=[0-9_~-]*[A-Za-z])[A-Za-z0-9_~-]{1,16}$/;

export const isExtension = (text: string): boolean => EXTENSION.exec(text)?.index === 0;

/** `name (<what> <number>).ext`: a name beside `path`, short enough for a file system; the first goes without its number. */
export function numberedName(path: RepoPath, what: string, number: number): RepoPath {
  const { stem, extension } = splitName(baseName(path));
  const tag = ` (${what}${number > 1 ? ` ${number}` : ''})`;
  return joinPath(parentPath(path), cutAtCharacter(stem, MAX_NAME_BYTES - tag.length - extension.length) + tag + extension);
}

/** The dot that makes a file hidden does not begin an extension. */
function splitName(name: string): { stem: string; extension: string } {
  const hidden = /^\.*/.exec(name)?.[0].length ?? 0;
  const extension = EXTENSION.exec(name.slice(hidden + 1))?.[0] ?? '';
  return { stem: name.slice(0, name.length - extension.length), extension };
}

/** At most so many bytes, and never half of a UTF-8 sequence at the end. */
export function cutAtCharacter(bytes: string, maxBytes: number): string {
  if (bytes.length <= maxBytes) return bytes;
  let end = maxBytes;
  // Four bytes are the longest sequence: what has more continuation bytes is not UTF-8, and may be cut anywhere.
  while (end > maxBytes - 4 && /[\x80-\xbf]/.test(bytes[end] ?? '')) end--;
  const start = bytes[end] ?? '';
  return bytes.slice(0, /[\x80-\xbf]/.test(start) ? maxBytes : end).replace(/ +$/, '');
}
