import { STAGING_IN_WORK_TREE } from '../../apply/unsafe-paths.ts';
import { LockstepError } from '../../errors.ts';
import { isWithin, type RepoPath } from '../../repo-path.ts';
import type { CommitOutcome, CommitRequest, Finding, ObjectId, TreeChange } from '../vcs.ts';
import { moveBranch } from './git-branch.ts';
import { diffTrees } from './git-diff.ts';
import { troubleOf } from './git-failures.ts';
import { head } from './git-head.ts';
import { foreignLock } from './git-locks.ts';
import { messageByHooks, postCommit, preCommit } from './git-hooks.ts';
import { personEnvironment, withMachine, writeCommit } from './git-identity.ts';
import { applyToIndex, currentIndex, indexLock, install, isUnchanged, type PrivateIndex } from './git-index.ts';
import type { GitJournal } from './git-journal.ts';
import type { GitObjects } from './git-objects.ts';
import type { GitRepository } from './git-repository.ts';
import { readStatus } from './git-status.ts';
import { lastWriteMs, removeTorn } from './git-tidy.ts';
import { checkedOutSubmodules } from './git-submodules.ts';

/** From so many paths on, they are written as one pack: half the time of a loose object each (measured on 10,000). */
const MANY_PATHS = 200;

export interface GitParts {
  readonly repository: GitRepository;
  readonly journal: GitJournal;
  readonly objects: GitObjects;
}

/** Commits the work tree by plumbing on a private index; the person's index and files are not touched until the end. */
export async function commit(parts: GitParts, request: CommitRequest, signal: AbortSignal): Promise<CommitOutcome> {
  const { repository, journal } = parts;
  const lock = await foreignLock(repository);
  if (lock?.params['live'] === 1) return { outcome: 'trouble', ...lock };
  let sinceMs = Number.POSITIVE_INFINITY;
  try {
    const index = await currentIndex(repository, journal, 'index', signal);
    sinceMs = await lastWriteMs(repository);
    const { skipped } = await addEverything(repository, index.file, request, signal);
    await preCommit(repository, index.file, signal);
    return await commitIndex(parts, request, index, skipped, signal);
  } catch (error) {
    const finding = troubleIn(error);
    if (!finding) throw error;
    if (finding.code === 'disk-full') await removeTorn(repository, sinceMs);
    return { outcome: 'trouble', ...finding };
  }
}

/** Troubles on the way are thrown, with a code of the problems that a folder can have. */
function troubleIn(error: unknown): Finding | null {
  if (!(error instanceof LockstepError)) return null;
  const { code, params } = error;
  return code === 'disk-full' || code === 'read-only' || code === 'system-limit' || code === 'locked' || code === 'damaged-repository' || code === 'hook-failed' || code === 'timeout' || code === 'tool-missing' ? { code, params } : null;
}

async function commitIndex(parts: GitParts, request: CommitRequest, index: PrivateIndex, skipped: RepoPath[], signal: AbortSignal): Promise<CommitOutcome> {
  const { repository, journal, objects } = parts;
  const before = request.head.state === 'branch' ? request.head.commit : null;
  const beforeTree = before ? (await objects.commit(before)).tree : null;
  const { tree, changes } = await settleTree(repository, index, beforeTree, signal);
  if (changes.length === 0) {
    // What was only touched is clean again: the next look need not read it.
    if (await isUnmoved(repository, request, index)) {
      await journal.begin(await indexLock(repository, index));
      await install(repository, journal, index);
      await journal.end();
    }
    return { outcome: 'nothing', skipped };
  }
  const finding = await request.brake(changes);
  if (finding) return { outcome: 'held', finding, changes };
  const message = await messageByHooks(repository, index.file, withMachine(request.message, repository.machine), signal);
  const made = await writeCommit(repository, tree, before ? [before] : [], message, await personEnvironment(repository), signal);
  // The person may have switched branches while we read their files: then the tree is of one and the other branch.
  if (!(await isUnmoved(repository, request, index))) return { outcome: 'head-moved' };
  // Not its words: arguments can be read by every user of a machine, and are in a talkative log.
  const moved = await moveBranch(repository, journal, { branch: request.head.branch, from: before, to: made, why: 'lockstep: commit', index });
  if (moved.outcome === 'trouble') return { outcome: 'trouble', ...moved.finding };
  if (moved.outcome === 'elsewhere') return { outcome: 'head-moved' };
  await postCommit(repository, signal);
  return { outcome: 'committed', commit: made, changes, skipped };
}

/** Whether HEAD and the person's index are as they were when we began; a switch or a reset changes either. */
async function isUnmoved(repository: GitRepository, { head: wanted }: CommitRequest, index: PrivateIndex): Promise<boolean> {
  const now = await head(repository);
  if (now.state !== wanted.state || now.branch !== wanted.branch) return false;
  if (now.state === 'branch' && wanted.state === 'branch' && now.commit !== wanted.commit) return false;
  return isUnchanged(repository, index);
}

/** Adds what lies in the work tree, less the held paths. One bad entry must not keep the rest back: it is skipped. */
export async function addEverything(repository: GitRepository, index: string, { held, expected }: Pick<CommitRequest, 'held' | 'expected'>, signal: AbortSignal): Promise<{ skipped: RepoPath[] }> {
  const config: [string, string][] = [['advice.addEmbeddedRepo', 'false']];
  if (expected > MANY_PATHS) config.push(['core.bigFileThreshold', '1']);
  const excluded = [...held, ...(await checkedOutSubmodules(repository, index, signal)).map(({ path }) => path)];
  const pathspecs = [':(top)', ...excluded.map((path) => `:(top,exclude,literal)${path}`)].map((spec) => Buffer.from(`${spec}\0`, 'latin1'));
  const selected = excluded.length > 0 ? { args: ['--pathspec-from-file=-', '--pathspec-file-nul'], stdin: Buffer.concat(pathspecs), env: { GIT_LITERAL_PATHSPECS: '0' } } : { args: [] };
  // Without it, what the person makes outside of a sparse checkout would be left out without a word.
  const args = ['add', '-A', '--sparse', '--ignore-errors', ...selected.args];
  const end = await repository.call(args, { index, config, signal, stdin: selected.stdin, env: selected.env });
  if (end.ended === 'exit' && end.code === 0) return { skipped: [] };
  const trouble = troubleOf(end);
  if (end.ended !== 'exit' || end.code !== 1 || (trouble && trouble.code !== 'damaged-repository')) throw repository.surprise(args, end);
  const { parser } = await readStatus(repository, index, signal);
  return { skipped: parser.notInIndex.filter((path) => !held.some((one) => isWithin(path, one))) };
}

/** The tree of the index, with what is not ours to change put back: submodules, and what lies in nested repositories. */
export async function settleTree(repository: GitRepository, index: PrivateIndex, before: ObjectId | null, signal: AbortSignal): Promise<{ tree: ObjectId; changes: readonly TreeChange[] }> {
  const written = await writeTree(repository, index.file, signal);
  const changes = await diffTrees(repository, before, written, signal);
  const back = notOurs(changes).map(({ path, before: was, after }) => ({ path, before: after, after: was }));
  if (back.length === 0) return { tree: written, changes };
  await applyToIndex(repository, index.file, back, signal);
  const tree = await writeTree(repository, index.file, signal);
  return { tree, changes: await diffTrees(repository, before, tree, signal) };
}

const writeTree = async (repository: GitRepository, index: string, signal: AbortSignal): Promise<ObjectId> =>
  (await repository.output(['write-tree'], { index, signal })).toString('latin1').trim();

/**
 * Changes that git would make and we do not: a link to a submodule's commit (its content would be saved nowhere), a
 * submodule that is merely not checked out here, a nested Mercurial repository, and our own staging.
 */
function notOurs(changes: readonly TreeChange[]): TreeChange[] {
  const added = changes.filter(({ before }) => before === null);
  const nested = new Set(added.flatMap(({ path }) => /^(?:(.*?)\/)?\.hg\//s.exec(path)?.[1] ?? []));
  return changes.filter(({ path, before, after }) => {
    if (after?.mode === '160000') return true;
    if (before?.mode === '160000') return after === null && !added.some((one) => isWithin(one.path, path));
    if (before !== null) return false;
    return path.startsWith('.hg/') || path.startsWith(`${STAGING_IN_WORK_TREE}/`) || [...nested].some((folder) => isWithin(path, folder as RepoPath));
  });
}
