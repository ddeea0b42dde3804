import { parseConflictCopyName } from '../../apply/conflict-copy-name.ts';
import { LockstepError } from '../../errors.ts';
import type { RepoPath } from '../../repo-path.ts';
import { isBranchName } from '../branch-name.ts';
import type { CommandRunner } from '../run-command.ts';
import type { ObjectId, Relation, Vcs } from '../vcs.ts';
import { remoteAddress, remoteNames } from './git-address.ts';
import { advance } from './git-branch.ts';
import { commit, type GitParts } from './git-commit.ts';
import { fileSystemLimits } from './git-config.ts';
import { contents, identify, writeBlob } from './git-contents.ts';
import { diffTrees } from './git-diff.ts';
import { unlooked } from './git-entry-flags.ts';
import { guard } from './git-guard.ts';
import { head, refTip } from './git-head.ts';
import { changesPerDay, commitInfo, history } from './git-history.ts';
import { ignored, setIgnorePatterns } from './git-ignore.ts';
import { GitJournal } from './git-journal.ts';
import { removeLeftLock } from './git-locks.ts';
import { mend } from './git-mend.ts';
import { merge } from './git-merge.ts';
import { GitObjects } from './git-objects.ts';
import { blobSizes, outgoing, rewriteCommit } from './git-outgoing.ts';
import { push } from './git-push.ts';
import { fetch, remoteTip, trackingRef } from './git-remote.ts';
import { setRemoteUrl } from './git-remote-config.ts';
import { GitRepository, type GitOptions } from './git-repository.ts';
import { keep, letGo, setAside, snapshot } from './git-snapshot.ts';
import { status } from './git-status.ts';
import { changedSubmodules } from './git-submodules.ts';
import { tidy } from './git-tidy.ts';
import { lastTouched } from './git-touched.ts';
import { executingIn } from './git-trust.ts';
import { splitNames } from './object-format.ts';

/** Opens a git repository whose place is known (`detect-vcs.ts`). `ownsRunner`: it is stopped when this is closed. */
export async function openGit(options: GitOptions & { readonly ownsRunner?: boolean }): Promise<Vcs> {
  await options.ports.files.makeDirectories(options.ownDirectory, 0o700);
  const repository = new GitRepository(options);
  const parts: GitParts = { repository, journal: new GitJournal(repository), objects: new GitObjects(repository) };
  return { ...workVerbs(parts), ...remoteVerbs(parts), ...objectVerbs(parts), ...historyVerbs(parts), ...lifeVerbs(parts, options.ownsRunner ? options.runner : null) };
}

const workVerbs = (parts: GitParts) => {
  const { repository, journal } = parts;
  return {
    kind: 'git',
    place: repository.place,
    ownDirectory: repository.ownDirectory,
    limits: async () => fileSystemLimits(await repository.config()),
    head: () => head(repository),
    guard: () => guard(repository),
    removeLeftLock: (file) => removeLeftLock(repository, file),
    mend: (branch) => mend(parts, branch),
    executingConfig: async () => executingIn(repository.ports.files, repository.place, await repository.config()),
    trust: (agreed) => repository.trust(agreed),
    ignored: (paths) => ignored(repository, paths),
    setIgnorePatterns: (patterns) => setIgnorePatterns(repository, patterns),
    status: (signal) => status(repository, journal, signal),
    unlooked: (paths) => unlooked(repository, paths),
    changedSubmodules: (signal) => changedSubmodules(repository, signal),
    commit: (request, signal) => commit(parts, request, signal),
    snapshot: (signal) => snapshot(parts, signal),
    advance: (move) => advance(repository, journal, move),
    indexIsBehind: async () => (await journal.indexBehind()) !== null,
    keep: (id, why, as) => keep(parts, id, why, as),
    setAside: () => setAside(repository),
    letGo: (state) => letGo(parts, state),
  } satisfies Partial<Vcs>;
};

const remoteVerbs = (parts: GitParts) => {
  const { repository } = parts;
  return {
    remoteUrl: async (name) => remoteAddress(await repository.config(), name),
    remotes: async () => remoteNames(await repository.config()),
    setRemoteUrl: (name, url) => setRemoteUrl(repository, name, url),
    remoteTip: (remote, branch, signal) => remoteTip(repository, remote, branch, signal),
    fetch: (remote, branch, signal) => fetch(parts, remote, branch, signal),
    push: (request, signal) => push(parts, request, signal),
    trackedTip: (remote, branch) => refTip(repository, trackingRef(remote, branch)),
    hasBranch: (remote, branch) => hasBranch(repository, remote, branch),
  } satisfies Partial<Vcs>;
};

const objectVerbs = (parts: GitParts) => {
  const { repository, objects } = parts;
  return {
    isAncestor: (ancestor, of) => isAncestor(repository, ancestor, of),
    relation: (ours, theirs) => relation(repository, ours, theirs),
    merge: (ours, theirs, signal, options) => merge(parts, ours, theirs, signal, options),
    diff: (before, after, signal) => diffTrees(repository, before, after, signal),
    contents: (entries, signal) => contents(repository, objects, entries, signal),
    identify: (files, signal) => identify(repository, files, signal),
    writeBlob: (bytes) => writeBlob(repository, bytes),
    readBlob: (id) => objects.blob(id),
    blobSizes: (ids, signal) => blobSizes(repository, ids, signal),
    outgoing: (tip, there, signal) => outgoing(repository, tip, there, signal),
    rewriteCommit: (id, change, signal) => rewriteCommit(parts, id, change, signal),
  } satisfies Partial<Vcs>;
};

const historyVerbs = ({ repository, objects }: GitParts) =>
  ({
    rootCommit: () => rootCommit(repository),
    history: (request) => history(repository, objects, request),
    changesPerDay: (days, machine, nowMs) => changesPerDay(repository, days, machine, nowMs),
    commitInfo: (name) => commitInfo(repository, objects, name),
    entryAt: async (name, path) => {
      const found = await objects.findCommit(name);
      if (!found) throw new LockstepError('no-such-commit', { commit: name });
      return objects.entryAt(found.id, path);
    },
    conflictCopies: () => conflictCopies(repository),
    lastTouched: (paths, id, { added = false } = {}) => lastTouched(repository, paths, id, added),
  }) satisfies Partial<Vcs>;

const lifeVerbs = ({ repository, journal, objects }: GitParts, ownRunner: CommandRunner | null) =>
  ({
    recover: () => journal.recover(),
    tidy: (signal) => tidy(repository, signal),
    close: async () => {
      await objects.close();
      await ownRunner?.stopAll();
    },
  }) satisfies Partial<Vcs>;

async function hasBranch(repository: GitRepository, remote: string | null, branch: string): Promise<boolean> {
  if (!isBranchName(branch)) return false;
  const now = await head(repository);
  if (now.state === 'unborn' && now.branch === branch) return true;
  const tips = await Promise.all([refTip(repository, `refs/heads/${branch}`), remote === null ? null : refTip(repository, trackingRef(remote, branch))]);
  return tips.some((tip) => tip !== null);
}

async function isAncestor(repository: GitRepository, ancestor: ObjectId, of: ObjectId): Promise<boolean> {
  if (ancestor === of) return true;
  const args = ['merge-base', '--is-ancestor', ancestor, of];
  const end = await repository.call(args);
  if (end.ended === 'exit' && end.code <= 1) return end.code === 0;
  throw repository.surprise(args, end);
}

async function relation(repository: GitRepository, ours: ObjectId, theirs: ObjectId): Promise<Relation> {
  if (ours === theirs) return { ahead: 0, behind: 0, base: ours };
  const counted = await repository.output(['rev-list', '--left-right', '--count', `${ours}...${theirs}`, '--']);
  const [ahead = 0, behind = 0] = counted.toString('latin1').trim().split('\t').map(Number);
  if (ahead === 0) return { ahead, behind, base: ours };
  if (behind === 0) return { ahead, behind, base: theirs };
  const args = ['merge-base', '--all', ours, theirs];
  const end = await repository.call(args);
  if (end.ended !== 'exit' || end.code > 1) throw repository.surprise(args, end);
  return { ahead, behind, base: end.stdout.toString('latin1').trim().split('\n').sort()[0] || null };
}

async function rootCommit(repository: GitRepository): Promise<ObjectId | null> {
  const now = await head(repository);
  if (now.state !== 'branch' && now.state !== 'detached') return null;
  const roots = (await repository.output(['rev-list', '--max-parents=0', now.commit, '--'])).toString('latin1').trim().split('\n');
  return roots.sort()[0] || null;
}

/** Tracked paths that are named like conflict copies: the open conflicts. */
async function conflictCopies(repository: GitRepository): Promise<readonly RepoPath[]> {
  const now = await head(repository);
  if (now.state !== 'branch' && now.state !== 'detached') return [];
  const names = splitNames(await repository.output(['ls-tree', '-r', '-z', '--name-only', '--full-tree', now.commit], { maxOutputBytes: 512 * 1024 * 1024 }));
  return names.filter((name) => name.includes(' (conflict ') && parseConflictCopyName(name) !== null);
}
