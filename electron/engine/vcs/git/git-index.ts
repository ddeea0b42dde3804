import { systemCode } from '../../errors.ts';
import type { Files } from '../../ports.ts';
import type { RepoPath } from '../../repo-path.ts';
import type { ObjectId, TreeChange } from '../vcs.ts';
import { diffTrees, emptyTree } from './git-diff.ts';
import { entryFlags, mayHoldFlags, restoreFlags } from './git-entry-flags.ts';
import { head } from './git-head.ts';
import type { GitJournal, MadeLock } from './git-journal.ts';
import type { GitRepository } from './git-repository.ts';
import { indexInfo, RawDiffParser } from './object-format.ts';

/** An index of our own that began as the person's. */
export interface PrivateIndex {
  readonly file: string;
  /** The person's index as it was then; null: there was none. */
  readonly from: { readonly inode: number; readonly bytes: number; readonly modifiedMs: number } | null;
}

const indexLockFile = ({ place }: GitRepository): string => `${place.gitDir}/index.lock`;
const personsIndex = ({ place }: GitRepository): string => `${place.gitDir}/index`;

/** The lock that `install` will take for this index, for the journal: another name of that very file. None: there is nothing to install. */
export async function indexLock(repository: GitRepository, { file }: PrivateIndex): Promise<MadeLock[]> {
  const stat = await repository.ports.files.stat(file);
  return stat ? [{ file: indexLockFile(repository), inode: stat.inode }] : [];
}

async function stampOf(repository: GitRepository, file = personsIndex(repository)): Promise<PrivateIndex['from']> {
  const stat = await repository.ports.files.stat(file);
  // No change time: making and ending our hard link moves it.
  return stat && { inode: stat.inode, bytes: stat.bytes, modifiedMs: stat.modifiedMs };
}

/** Whether the person's index is still the one that the private one began as. */
export async function isUnchanged(repository: GitRepository, index: PrivateIndex): Promise<boolean> {
  return JSON.stringify(await stampOf(repository)) === JSON.stringify(index.from);
}

/**
 * Begins a private index as a hard link to the person's: git writes an index by replacing it, so theirs is never
 * touched. A copy would get a newer time, and entries that are too young to be trusted by their times (git: racy) would
 * seem clean.
 */
export async function beginPrivateIndex(repository: GitRepository, name: string): Promise<PrivateIndex> {
  const { files } = repository.ports;
  const file = repository.own(name);
  for (const stale of [file, `${file}.lock`]) if (await files.stat(stale)) await files.remove(stale);
  const before = await stampOf(repository);
  try {
    const made = await linkOrCopy(files, personsIndex(repository), file);
    // The link is looked at, not theirs: that may be another one by now.
    return { file, from: made === 'linked' ? await stampOf(repository, file) : before };
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return { file, from: null };
  }
}

/** Some file systems know no hard links; the copy's later time is the best that can be had there. Never replaces (`EEXIST`). */
async function linkOrCopy(files: Files, from: string, to: string, beforeCopy: () => Promise<void> = async () => undefined): Promise<'linked' | 'copied'> {
  try {
    await files.link(from, to);
    return 'linked';
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EXDEV' && code !== 'EMLINK') throw error;
    await beforeCopy();
    await files.create(to, await files.read(from), { mode: 0o644, sync: false });
    return 'copied';
  }
}

/**
 * Puts a private index in the place of the person's, by git's own protocol: lock file, look, rename. False: somebody
 * holds the lock, or the person's index changed meanwhile; then theirs stays. The journal has the lock already.
 */
export async function install(repository: GitRepository, journal: GitJournal, index: PrivateIndex): Promise<boolean> {
  const { files } = repository.ports;
  const [ours, theirs] = await Promise.all([files.stat(index.file), files.stat(personsIndex(repository))]);
  // Nothing was written: it is the person's, and renaming a file to its other name does nothing. Comparing with what it
  // began as would not do: the file system gives the number of a replaced index to the next file that is made.
  if (!ours || ours.inode === theirs?.inode) return true;
  const lock = indexLockFile(repository);
  try {
    // A copy has an inode of its own, which nobody knows before it is there.
    await linkOrCopy(files, index.file, lock, () => journal.begin([lock]));
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    if (await isUnchanged(repository, index)) {
      await files.rename(lock, personsIndex(repository));
      return true;
    }
  } catch (error) {
    await takeBack(files, lock, journal);
    throw error;
  }
  await files.remove(lock);
  return false;
}

/** What the disk does not even let us take back stays in the journal, and goes at a later look. */
async function takeBack(files: Files, lock: string, journal: GitJournal): Promise<void> {
  try {
    await files.remove(lock);
    await journal.end();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

/** Brings entries of an index to what the changes say; removals first, so that a file can become a directory. */
export async function applyToIndex(repository: GitRepository, file: string, changes: readonly TreeChange[], signal?: AbortSignal, idLength = idLengthOf(changes)): Promise<void> {
  if (changes.length === 0) return;
  const nullId = '0'.repeat(idLength);
  const ordered = [...changes.filter(({ after }) => !after), ...changes.filter(({ after }) => after)];
  await repository.output(['update-index', '-z', '--index-info'], { index: file, stdin: indexInfo(ordered.map(({ path, after }) => [path, after]), nullId), signal });
}

const idLengthOf = (changes: readonly TreeChange[]): number => changes.map(({ before, after }) => (after ?? before)?.id.length).find((length) => length !== undefined) ?? 40;

/** Lets git look at the files once, so that the next status need not read their content. */
async function refresh(repository: GitRepository, file: string): Promise<void> {
  // Exit code 1: some file differs from its entry.
  await repository.call(['update-index', '-q', '--refresh'], { index: file });
}

/** Paths that the index holds otherwise than a commit does: what the person staged. */
async function stagedAgainst(repository: GitRepository, commit: ObjectId | null, index?: string): Promise<ReadonlySet<RepoPath>> {
  const parser = new RawDiffParser();
  const tree = commit ?? (await emptyTree(repository));
  await repository.output(['diff-index', '--cached', '-z', '--raw', '--no-renames', '--full-index', '--ignore-submodules=all', tree], { ...(index ? { index } : {}), onOutput: (chunk) => parser.push(chunk) });
  return new Set(parser.changes.map(({ path }) => path));
}

/** Brings a private index from `from` to `to` where the person has not staged something else; what they told git not to look at stays so. */
export async function follow(repository: GitRepository, index: PrivateIndex, from: ObjectId | null, changes: readonly TreeChange[]): Promise<void> {
  const content = await repository.ports.files.readIfThere(index.file);
  const flags = content && mayHoldFlags(content, idLengthOf(changes) / 2) ? await entryFlags(repository, index.file) : null;
  const staged = await stagedAgainst(repository, from, index.file);
  const taken = changes.filter(({ path }) => !staged.has(path));
  await applyToIndex(repository, index.file, taken);
  if (flags) await restoreFlags(repository, index.file, flags, taken.filter(({ after }) => after).map(({ path }) => path));
  await refresh(repository, index.file);
}

/**
 * The index to look at and to begin from: the person's, or, while that could not follow a commit of ours (somebody
 * holds its lock), a private one that has. Tries again to let theirs follow.
 */
export async function currentIndex(repository: GitRepository, journal: GitJournal, name: string, signal: AbortSignal): Promise<PrivateIndex> {
  const behind = await journal.indexBehind();
  const index = await beginPrivateIndex(repository, name);
  if (!behind) return index;
  const now = await head(repository);
  // The branch has been moved by somebody else: whatever they did, they did it with an index of their own making.
  if (now.state !== 'branch' || now.commit !== behind.to) {
    await journal.end(null);
    return index;
  }
  await follow(repository, index, behind.base, await diffTrees(repository, behind.base, behind.to, signal));
  await journal.begin(await indexLock(repository, index));
  const followed = await install(repository, journal, index);
  await journal.end(followed ? null : behind);
  return followed ? beginPrivateIndex(repository, name) : index;
}
