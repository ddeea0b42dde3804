import type { RepoPath } from '../../repo-path.ts';
import type { MergeOutcome, ObjectId, TreeEntry } from '../vcs.ts';
import type { GitParts } from './git-commit.ts';
import { mergeOverrides } from './git-executing.ts';
import { diffTrees } from './git-diff.ts';
import type { ConfigPair } from './git-env.ts';
import { troubleOf } from './git-failures.ts';
import { mergeEnvironment, writeCommit } from './git-identity.ts';
import { surroundings, type Undecided } from './git-merge-names.ts';
import { treeFrom } from './git-scratch.ts';
import type { CallOptions, GitRepository } from './git-repository.ts';
import { resolveConflicts } from './merge-conflicts.ts';
import { parseMergeTree, type MergeTreeOutput, type Stages } from './merge-tree-output.ts';
import { isMergeable, threeWay, versionsOf, type Versions } from './three-way.ts';

/** Everything that a machine's own configuration could make a merge come out differently by. */
const PINNED: readonly ConfigPair[] = [
  ['merge.conflictStyle', 'merge'],
  ['merge.renames', 'true'],
  ['merge.directoryRenames', 'false'],
  ['merge.renameLimit', '7000'],
  ['merge.renormalize', 'false'],
  ['merge.default', 'text'],
  ['merge.verbosity', '2'],
  ['diff.renames', 'true'],
  ['diff.renameLimit', '7000'],
  ['diff.algorithm', 'histogram'],
  ['core.attributesFile', '/dev/null'],
  ['core.autocrlf', 'false'],
  ['core.eol', 'lf'],
  ['rerere.enabled', 'false'],
];

/** Conflicts whose stages are the sides' own blobs. With any other kind, git may have put merged text into a stage. */
const PLAIN = new Set(['Auto-merging', 'CONFLICT (contents)', 'CONFLICT (binary)', 'CONFLICT (modify/delete)']);

interface Sides {
  readonly first: ObjectId;
  readonly second: ObjectId;
}

/**
 * Merges two commits in the object store. The sides are sorted by id and all else is pinned, so that two machines which
 * merge the same two commits alone make the same commit.
 */
export async function merge(parts: GitParts, ours: ObjectId, theirs: ObjectId, signal: AbortSignal, { joinUnrelated = false }: { readonly joinUnrelated?: boolean } = {}): Promise<MergeOutcome> {
  const { repository, objects } = parts;
  const sides: Sides = ours < theirs ? { first: ours, second: theirs } : { first: theirs, second: ours };
  const attempt = await mergeTree(repository, sides, joinUnrelated, signal);
  if ('outcome' in attempt) return attempt;
  const merged = (await plainly(repository, sides, attempt, signal)) ?? (await pathByPath(parts, sides, signal));
  const resolution = resolveConflicts(merged.contested, await surroundings(parts, sides, merged, signal));
  const tree = await treeFrom(repository, merged.tree, new Map([...merged.entries, ...resolution.entries]), signal);
  const dates = await Promise.all([sides.first, sides.second].map(async (id) => (await objects.commit(id)).committedAt));
  const message = `Merge ${sides.first.slice(0, 7)} and ${sides.second.slice(0, 7)}\n`;
  const commit = await writeCommit(repository, tree, [sides.first, sides.second], message, mergeEnvironment(Math.max(...dates)), signal);
  return { outcome: 'merged', commit, conflicts: resolution.copies };
}

async function mergeTree(repository: GitRepository, { first, second }: Sides, joinUnrelated: boolean, signal: AbortSignal): Promise<MergeTreeOutput | Exclude<MergeOutcome, { outcome: 'merged' }>> {
  const args = ['merge-tree', '--write-tree', '-z', '--messages', ...(joinUnrelated ? ['--allow-unrelated-histories'] : []), first, second];
  const end = await repository.call(args, { ...(await mergeCall(repository)), signal });
  if (end.ended === 'exit' && (end.code === 0 || end.code === 1)) return parseMergeTree(end.stdout);
  if (/refusing to merge unrelated histories/.test(end.stderr)) return { outcome: 'unrelated' };
  const finding = troubleOf(end);
  if (!finding) throw repository.surprise(args, end);
  return { outcome: 'trouble', ...finding };
}

/** In an empty folder: attributes come from what is merged, never from the files that lie here just now. */
async function mergeCall(repository: GitRepository): Promise<CallOptions> {
  const empty = repository.own('empty');
  await repository.ports.files.makeDirectories(empty, 0o700);
  const drivers = mergeOverrides(await repository.config(), await repository.isTrusted());
  return { workTree: empty, config: [...PINNED, ...drivers], env: { GIT_ATTR_NOSYSTEM: '1' } };
}

/** What git made of it, where every conflict is one of two contents at one path; null: it is not that simple. */
async function plainly(repository: GitRepository, { first, second }: Sides, output: MergeTreeOutput, signal: AbortSignal): Promise<Undecided | null> {
  if (output.conflicts.length === 0) return [...output.kinds].some((kind) => !PLAIN.has(kind)) ? null : { tree: output.tree, entries: new Map(), contested: [] };
  if ([...output.kinds].some((kind) => !PLAIN.has(kind))) return null;
  const differing = new Map((await diffTrees(repository, first, second, signal)).map((change) => [change.path, change]));
  const original = ({ path, first: one, second: other }: Stages): boolean => {
    const change = differing.get(path);
    return change !== undefined && isSame(change.before, one) && isSame(change.after, other);
  };
  return output.conflicts.every(original) ? { tree: output.tree, entries: new Map(), contested: output.conflicts } : null;
}

const isSame = (a: TreeEntry | null, b: TreeEntry | null): boolean => a?.id === b?.id && a?.mode === b?.mode;

/** Without renames, by what both sides have at each path: for renames that collide, files in the way of directories, and the like. */
async function pathByPath({ repository, objects }: GitParts, { first, second }: Sides, signal: AbortSignal): Promise<Undecided> {
  // Exit code 1: nothing in common; everything was added on both sides then.
  const asked = await repository.call(['merge-base', '--all', first, second], { signal });
  const common = asked.ended === 'exit' ? asked.stdout.toString('latin1').split('\n').filter(Boolean).sort() : [];
  const bases = common.length > 0 ? common : [null];
  const since = await Promise.all(
    bases.map(async (base) => ({ first: await diffTrees(repository, base, first, signal), second: await diffTrees(repository, base, second, signal) })),
  );
  const versions = versionsOf(since);
  const { entries, contested } = threeWay(versions, await mergeLines(repository, [...versions.values()].filter(isMergeable), signal));
  return { tree: (await objects.commit(first)).tree, entries, contested };
}

/** Merges the lines of files that all three versions have: git does it on trees that hold nothing else, so that there are no renames to find. */
async function mergeLines(repository: GitRepository, versions: readonly Versions[], signal: AbortSignal): Promise<ReadonlyMap<RepoPath, TreeEntry>> {
  if (versions.length === 0) return new Map();
  const commitOf = async (which: 'base' | 'first' | 'second', parents: readonly ObjectId[]): Promise<ObjectId> => {
    const tree = await treeFrom(repository, null, new Map(versions.map((version) => [version.path, version[which] ?? null])), signal);
    return writeCommit(repository, tree, parents, `${which}\n`, mergeEnvironment(0), signal);
  };
  const base = await commitOf('base', []);
  const output = await mergeTree(repository, { first: await commitOf('first', [base]), second: await commitOf('second', [base]) }, false, signal);
  if ('outcome' in output) return new Map();
  const unmerged = new Set(output.conflicts.map(({ path }) => path));
  const merged = (await diffTrees(repository, null, output.tree, signal)).filter(({ path }) => !unmerged.has(path));
  return new Map(merged.flatMap(({ path, after }) => (after ? [[path, after] as const] : [])));
}
