import type { RepoPath } from '../../repo-path.ts';
import type { GitRepository } from './git-repository.ts';

/** Paths that git was told not to look at in the work tree (git-update-index(1)); what lies there, if anything, is the person's own. */
export interface EntryFlags {
  /** `skip-worktree`: by hand, or by a sparse checkout. */
  readonly skipped: ReadonlySet<RepoPath>;
  /** `assume-unchanged`. */
  readonly assumed: ReadonlySet<RepoPath>;
}

/** Of all entries of an index, or of the person's: those with a flag. */
export async function entryFlags(repository: GitRepository, index?: string): Promise<EntryFlags> {
  const skipped = new Set<RepoPath>();
  const assumed = new Set<RepoPath>();
  let rest = '';
  const read = (chunk: Buffer): void => {
    const lines = (rest + chunk.toString('latin1')).split('\0');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      // git-ls-files(1): `H` is an entry without a flag, `S` is skip-worktree, a small letter assume-unchanged.
      const [tag = 'H'] = line;
      if (tag === 'H') continue;
      if (tag === 'S' || tag === 's') skipped.add(line.slice(2) as RepoPath);
      if (tag !== tag.toUpperCase()) assumed.add(line.slice(2) as RepoPath);
    }
  };
  await repository.output(['ls-files', '-v', '-z'], { ...(index === undefined ? {} : { index }), onOutput: read });
  return { skipped, assumed };
}

const FEWEST_BYTES = 12;
const ASSUME_VALID = 0x8000;
const NAME_LENGTH = 0x0fff;

/**
 * Whether an index may hold entries with flags, by its own bytes (gitformat-index(5)): nearly every index holds none, and
 * then no process need be asked. Only version 2 is read, which knows no skip-worktree.
 */
export function mayHoldFlags(index: Buffer, idBytes: number): boolean {
  if (index.length < FEWEST_BYTES || index.readUInt32BE(4) !== 2) return true;
  let at = FEWEST_BYTES;
  for (let left = index.readUInt32BE(8); left > 0; left--) {
    const flagsAt = at + 40 + idBytes;
    if (flagsAt + 2 > index.length) return true;
    const flags = index.readUInt16BE(flagsAt);
    if ((flags & ASSUME_VALID) !== 0) return true;
    const nameAt = flagsAt + 2;
    const length = flags & NAME_LENGTH;
    const end = length < NAME_LENGTH ? nameAt + length : index.indexOf(0, nameAt);
    // One to eight NULs, up to a multiple of eight.
    at += (Math.floor((end - at) / 8) + 1) * 8;
  }
  // Entries of a split index lie in another file, too.
  return index.toString('latin1', at, at + 4) === 'link';
}

/** Sets the flags that entries had before they were written anew: writing an entry takes them off. */
export async function restoreFlags(repository: GitRepository, index: string, flags: EntryFlags, written: readonly RepoPath[]): Promise<void> {
  for (const [option, flagged] of [['--skip-worktree', flags.skipped], ['--assume-unchanged', flags.assumed]] as const) {
    const paths = written.filter((path) => flagged.has(path));
    if (paths.length === 0) continue;
    await repository.output(['update-index', option, '-z', '--stdin'], { index, stdin: Buffer.from(paths.map((path) => `${path}\0`).join(''), 'latin1') });
  }
}

/** Of the paths, those that git was told not to look at: a commit leaves them out, whatever lies there. */
export async function unlooked(repository: GitRepository, paths: readonly RepoPath[]): Promise<ReadonlySet<RepoPath>> {
  const { skipped, assumed } = await entryFlags(repository);
  return new Set(paths.filter((path) => skipped.has(path) || assumed.has(path)));
}
