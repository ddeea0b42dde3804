import { baseName, joinPath, parentPath, repoPathFromText, type RepoPath } from '../repo-path.ts';

/** What the name of a conflict copy says. */
export interface ConflictCopyName {
  /** The path that the copy lies beside. Of a name that had to be shortened, only the shortened one can be given. */
  readonly original: RepoPath;
  readonly machine: string;
  readonly hash7: string;
}

/** Most file systems take 255 bytes for one component of a path. */
const MAX_NAME_BYTES = 255;
const MAX_MACHINE_BYTES = 32;

/** An extension holds a letter, so that `notes 2024.12` has none; of some double ones both parts belong together. */
const EXTENSION = /(?:\.(?:tar|min|d|test|spec|user))?\.(?=[0-9_~-]*[A-Za-z])[A-Za-z0-9_~-]{1,16}$/;
const COPY = /^(.+) \(conflict ([^ ()/]+) ([0-9a-f]{7})(?: [1-9][0-9]*)?\)(.*)$/s;

/**
 * The name for the version of `path` that `machine` had: `name (conflict <machine> <hash7>).ext`, in the same
 * directory. A function of its arguments only: two machines that merge alone must come to the same name.
 * A copy of a copy is named after the original, or names would grow with every round. While `isTaken` says so, a
 * number is added.
 */
export function conflictCopyName(path: RepoPath, machine: string, hash7: string, isTaken: (candidate: RepoPath) => boolean): RepoPath {
  const original = originalPath(path);
  const { stem, extension } = splitName(baseName(original));
  for (let number = 1; ; number++) {
    const tag = ` (conflict ${machineInName(machine)} ${hash7.slice(0, 7)}${number > 1 ? ` ${number}` : ''})`;
    const room = MAX_NAME_BYTES - tag.length - extension.length;
    const candidate = joinPath(parentPath(original), cutAtCharacter(stem, room) + tag + extension);
    if (!isTaken(candidate)) return candidate;
  }
}

/** Back from `conflictCopyName`; null: not the name of a copy. */
export function parseConflictCopyName(path: RepoPath): ConflictCopyName | null {
  const [, stem = '', machine = '', hash7 = '', extension = ''] = COPY.exec(baseName(path)) ?? [];
  if (!hash7 || (extension && EXTENSION.exec(extension)?.index !== 0)) return null;
  return { original: joinPath(parentPath(path), stem + extension), machine: Buffer.from(machine, 'latin1').toString('utf8'), hash7 };
}

function originalPath(path: RepoPath): RepoPath {
  let original = path;
  for (let copy = parseConflictCopyName(original); copy; copy = parseConflictCopyName(original)) original = copy.original;
  return original;
}

/** The dot that makes a file hidden does not begin an extension. */
function splitName(name: string): { stem: string; extension: string } {
  const hidden = /^\.*/.exec(name)?.[0].length ?? 0;
  const extension = EXTENSION.exec(name.slice(hidden + 1))?.[0] ?? '';
  return { stem: name.slice(0, name.length - extension.length), extension };
}

/** Letters, digits and `._-` only, so that the name can be read back and is a good one everywhere; UTF-8 bytes. */
function machineInName(machine: string): string {
  const plain = machine.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-').replace(/^[-.]+/, '');
  return cutAtCharacter(repoPathFromText(plain), MAX_MACHINE_BYTES).replace(/[-.]+$/, '') || 'machine';
}

/** At most so many bytes, and never half of a UTF-8 sequence at the end. */
function cutAtCharacter(bytes: string, maxBytes: number): string {
  if (bytes.length <= maxBytes) return bytes;
  let end = maxBytes;
  // Four bytes are the longest sequence: what has more continuation bytes is not UTF-8, and may be cut anywhere.
  while (end > maxBytes - 4 && /[\x80-\xbf]/.test(bytes[end] ?? '')) end--;
  const start = bytes[end] ?? '';
  return bytes.slice(0, /[\x80-\xbf]/.test(start) ? maxBytes : end).replace(/ +$/, '');
}
