import type { Files, FileStat } from '../ports.ts';
import { baseName, joinPath, parentPath, type RepoPath } from '../repo-path.ts';
import type { ObjectId, TreeChange } from '../vcs/vcs.ts';
import type { ApplierVcs } from './applier.ts';
import { ancestorsOf } from './ancestors.ts';
import { isVersion, type Disk, type DiskEntry } from './disk.ts';
import { eachLimited } from '../each-limited.ts';
import { identify, type Questioned } from './identify.ts';
import { atPath, PathTrouble, WHILE_READING } from './path-trouble.ts';
import { isRepositoryDirectory } from './planner.ts';
import { workTreePath } from './work-tree-path.ts';

const PARALLEL_STATS = 16;

export interface DiskReading {
  readonly disk: Disk;
  /** As it was before the content was looked at: what is written later shows in another `modifiedMs`. */
  readonly stats: ReadonlyMap<RepoPath, FileStat>;
}

interface DiskQuestion {
  readonly files: Files;
  readonly vcs: ApplierVcs;
  readonly changes: readonly TreeChange[];
  readonly held: ReadonlySet<RepoPath>;
  readonly unlooked?: ReadonlySet<RepoPath> | undefined;
}

/** What the planner must know of the work tree. Throws a trouble where something cannot be read. */
export async function readDisk(question: DiskQuestion, signal: AbortSignal): Promise<DiskReading> {
  const stats = new Map<RepoPath, FileStat>();
  await readStats(question, stats, signal);
  for (const change of question.changes) await readBlockingDirectory(question, stats, change, signal);
  const ids = await readIds(question, stats, signal);
  const entries = new Map([...stats].map(([path, stat]) => [path, diskEntry(stat, ids.get(path) ?? null)]));
  const { held, unlooked = new Set() } = question;
  const { executableBits, foldsCase } = await question.vcs.limits();
  const ignored = await readIgnored(question, entries, executableBits);
  const aliases = foldsCase ? { aliases: await readAliases(question, entries) } : {};
  return { stats, disk: { entries, ignored, held, unlooked, executableBits, ...aliases } };
}

/** Level by level: what lies below a link, or below nothing, is never looked at. */
async function readStats({ files, vcs, changes }: DiskQuestion, stats: Map<RepoPath, FileStat>, signal: AbortSignal): Promise<void> {
  const levels: Set<RepoPath>[] = [];
  for (const { path } of changes) {
    for (const [height, each] of [path, ...ancestorsOf(path)].reverse().entries()) (levels[height] ??= new Set()).add(each);
  }
  for (const level of levels) {
    await eachLimited(level, PARALLEL_STATS, async (path) => {
      signal.throwIfAborted();
      const parent = parentPath(path);
      if (parent && stats.get(parent)?.kind !== 'directory') return;
      const stat = await atPath(path, () => files.stat(workTreePath(vcs.place.workTree, path)), WHILE_READING);
      if (stat) stats.set(path, stat);
    });
  }
}

/** Where a directory stands that the base has not as one, and a file is to be: everything in it, links not followed. */
async function readBlockingDirectory({ files, vcs }: DiskQuestion, stats: Map<RepoPath, FileStat>, { path, before, after }: TreeChange, signal: AbortSignal): Promise<void> {
  const blocks = after && after.mode !== '160000' && (!before || before.mode === '160000');
  if (!blocks || stats.get(path)?.kind !== 'directory') return;
  const waiting = [path];
  for (let directory = waiting.pop(); directory !== undefined; directory = waiting.pop()) {
    signal.throwIfAborted();
    const within = directory;
    for (const { name } of await atPath(within, () => files.list(workTreePath(vcs.place.workTree, within)), WHILE_READING)) {
      const child = joinPath(within, name.toString('latin1'));
      const stat = await atPath(child, () => files.stat(workTreePath(vcs.place.workTree, child)), WHILE_READING);
      if (!stat) continue;
      stats.set(child, stat);
      // A repository in the way is refused as a whole: what is in it need not be known.
      if (stat.kind === 'directory' && !isRepositoryDirectory(child)) waiting.push(child);
    }
  }
}

/** Ids of those files and links alone that may be a version we know; for all others the kind says enough. */
async function readIds({ files, vcs, changes }: DiskQuestion, stats: Map<RepoPath, FileStat>, signal: AbortSignal): Promise<ReadonlyMap<RepoPath, ObjectId>> {
  const questioned: Questioned[] = [];
  for (const { path, before, after } of changes) {
    const stat = stats.get(path);
    if (!stat || (stat.kind !== 'file' && stat.kind !== 'link')) continue;
    const candidates = [before, after];
    if (candidates.some((entry) => entry && entry.mode !== '160000' && (entry.mode === '120000') === (stat.kind === 'link'))) {
      questioned.push({ path, file: workTreePath(vcs.place.workTree, path), stat, candidates });
    }
  }
  const ids = new Map<RepoPath, ObjectId>();
  for (const [index, id] of (await identify(files, vcs, questioned, signal)).entries()) {
    const path = questioned[index]?.path;
    if (path === undefined) continue;
    if (id !== null) ids.set(path, id);
    else if (await files.stat(workTreePath(vcs.place.workTree, path))) throw new PathTrouble('unreadable-path', path);
    else stats.delete(path);
  }
  return ids;
}

async function readIgnored({ vcs, changes }: DiskQuestion, entries: ReadonlyMap<RepoPath, DiskEntry>, executableBits: boolean): Promise<ReadonlySet<RepoPath>> {
  const expected = new Set(changes.filter(({ path, before, after }) => before ?? (after && isVersion(entries.get(path) ?? null, after, executableBits))).map(({ path }) => path));
  const unexpected = [...entries].filter(([path, { kind }]) => kind !== 'directory' && !expected.has(path)).map(([path]) => ({ path, directory: false }));
  return unexpected.length > 0 ? vcs.ignored(unexpected) : new Set();
}

/** Of what lies at paths that the base has not, or the target: what is listed under another name in its directory, or lies below such. */
async function readAliases({ files, vcs, changes }: DiskQuestion, entries: ReadonlyMap<RepoPath, DiskEntry>): Promise<ReadonlySet<RepoPath>> {
  const staying = new Set(changes.filter(({ before, after }) => before && after).map(({ path }) => path));
  const listed = new Map<RepoPath | null, ReadonlySet<string>>();
  const isListed = async (path: RepoPath): Promise<boolean> => {
    const parent = parentPath(path);
    const names = listed.get(parent) ?? new Set((await files.list(parent ? workTreePath(vcs.place.workTree, parent) : vcs.place.workTree)).map(({ name }) => name.toString('latin1')));
    listed.set(parent, names);
    return names.has(baseName(path));
  };
  const aliases = new Set<RepoPath>();
  for (const path of entries.keys()) {
    if (staying.has(path)) continue;
    for (const each of [path, ...ancestorsOf(path)]) if (!(await isListed(each))) aliases.add(path);
  }
  return aliases;
}

function diskEntry(stat: FileStat, id: ObjectId | null): DiskEntry {
  switch (stat.kind) {
    case 'file':
      return { kind: 'file', id, executable: (stat.mode & 0o100) !== 0, inode: `${stat.device}:${stat.inode}` };
    case 'link':
      return { kind: 'link', id, inode: `${stat.device}:${stat.inode}` };
    case 'directory':
    case 'other':
      return { kind: stat.kind };
  }
}
