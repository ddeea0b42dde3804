import { baseName, joinPath, parentPath, repoPathFromText, type RepoPath } from '../repo-path.ts';
import { cutAtCharacter, isExtension, numberedName } from './tagged-name.ts';

/** What the name of a conflict copy says. */
export interface ConflictCopyName {
  /** The path that the copy lies beside. Of a name that had to be shortened, only the shortened one can be given. */
  readonly original: RepoPath;
  readonly machine: string;
  readonly hash7: string;
}

const MAX_MACHINE_BYTES = 32;

const COPY = /^(.+) \(conflict ([^ ()/]+) ([0-9a-f]{7})(?: [1-9][0-9]*)?\)(.*)$/s;

/**
 * The name for the version of `path` that `machine` had: `name (conflict <machine> <hash7>).ext`, in the same
 * directory. A function of its arguments only: two machines that merge alone must come to the same name.
 * A copy of a copy is named after the original, or names would grow with every round. While `isTaken` says so, a
 * number is added.
 */
export function conflictCopyName(path: RepoPath, machine: string, hash7: string, isTaken: (candidate: RepoPath) => boolean): RepoPath {
  const original = originalPath(path);
  for (let number = 1; ; number++) {
    const candidate = numberedName(original, `conflict ${machineInName(machine)} ${hash7.slice(0, 7)}`, number);
    if (!isTaken(candidate)) return candidate;
  }
}

/** Back from `conflictCopyName`; null: not the name of a copy. */
export function parseConflictCopyName(path: RepoPath): ConflictCopyName | null {
  const [, stem = '', machine = '', hash7 = '', extension = ''] = COPY.exec(baseName(path)) ?? [];
  if (!hash7 || (extension && !isExtension(extension))) return null;
  return { original: joinPath(parentPath(path), stem + extension), machine: Buffer.from(machine, 'latin1').toString('utf8'), hash7 };
}

function originalPath(path: RepoPath): RepoPath {
  let original = path;
  for (let copy = parseConflictCopyName(original); copy; copy = parseConflictCopyName(original)) original = copy.original;
  return original;
}

/** Letters, digits and `._-` only, so that the name can be read back and is a good one everywhere; UTF-8 bytes. */
function machineInName(machine: string): string {
  const plain = machine.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-').replace(/^[-.]+/, '');
  return cutAtCharacter(repoPathFromText(plain), MAX_MACHINE_BYTES).replace(/[-.]+$/, '') || 'machine';
}
