import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repoPathFromText, type RepoPath } from '../../repo-path.ts';
import { commitAll, TempRepos, write } from '../../testing/temp-repos.ts';
import type { CommitRequest, Head, Vcs } from '../vcs.ts';

const signal = new AbortController().signal;
let repos: TempRepos;
beforeEach(() => {
  repos = new TempRepos();
});
afterEach(() => repos.dispose());

async function request(vcs: Vcs, more: Partial<CommitRequest> = {}): Promise<CommitRequest> {
  const head = (await vcs.head()) as Head & { state: 'branch' | 'unborn' };
  return { head, message: 'save', held: [], expected: 1, brake: () => null, ...more };
}
const p = (text: string): RepoPath => repoPathFromText(text);

describe('one machine', () => {
  it('commits, pushes, and leaves a clean work tree to git itself', async () => {
    const { path, remote } = await repos.withRemote();
    const ada = repos.machine('ada');
    const vcs = await ada.vcs(path);
    write(path, { 'a.txt': 'two\n', 'new/b.txt': 'b\n' });
    expect(await vcs.status(signal)).toMatchObject({ staged: 0, nested: [], changes: [{ path: 'a.txt', change: 'modified' }, { path: 'new/b.txt', change: 'added' }] });
    const made = await vcs.commit(await request(vcs), signal);
    expect(made).toMatchObject({ outcome: 'committed', skipped: [], changes: [{ path: 'a.txt' }, { path: 'new/b.txt', before: null }] });
    expect(await ada.git(path, 'status', '--porcelain')).toBe('');
    expect(await ada.git(path, 'log', '-1', '--format=%an %s %(trailers)')).toBe('ada save Lockstep-Machine: ada 0a1b2c3d');
    const head = await vcs.head();
    if (head.state !== 'branch') throw new Error('no branch');
    expect(await vcs.push({ remote: 'origin', branch: 'main', tip: head.commit, since: null }, signal)).toEqual({ outcome: 'pushed', tip: head.commit });
    expect(await ada.git(remote, 'rev-parse', 'main')).toBe(head.commit);
    expect(await vcs.trackedTip('origin', 'main')).toBe(head.commit);
    expect(await vcs.commit(await request(vcs), signal)).toEqual({ outcome: 'nothing', skipped: [] });
    expect(existsSync(join(path, '.git/lockstep/locks.json'))).toBe(false);
    await ada.git(path, 'fsck', '--strict');
  });

  it('begins a history', async () => {
    const path = await repos.empty();
    const vcs = await repos.machine('ada').vcs(path);
    expect(await vcs.head()).toEqual({ state: 'unborn', branch: 'main' });
    expect(await vcs.commit(await request(vcs), signal)).toEqual({ outcome: 'nothing', skipped: [] });
    write(path, { a: '1' });
    expect(await vcs.commit(await request(vcs), signal)).toMatchObject({ outcome: 'committed' });
    expect(await vcs.rootCommit()).toBe(((await vcs.head()) as { commit: string }).commit);
  });

  it('takes a pull: fetch, contents, advance', async () => {
    const { ada, grace } = await repos.twoClones({ 'a.txt': 'one\n', 'gone.txt': 'x\n' });
    const [a, b] = [await ada.machine.vcs(ada.path), await grace.machine.vcs(grace.path)];
    write(ada.path, { 'a.txt': 'two\n', 'gone.txt': null, 'gone.txt/now a folder': 'y' });
    const made = await a.commit(await request(a), signal);
    if (made.outcome !== 'committed') throw new Error(made.outcome);
    await a.push({ remote: 'origin', branch: 'main', tip: made.commit, since: null }, signal);
    expect(await b.remoteTip('origin', 'main', signal)).toEqual({ outcome: 'fetched', tip: made.commit, emptied: false });
    expect(await b.fetch('origin', 'main', signal)).toEqual({ outcome: 'fetched', tip: made.commit, emptied: false });
    const from = await b.head();
    if (from.state !== 'branch') throw new Error('no branch');
    const changes = await b.diff(from.commit, made.commit, signal);
    const wanted = changes.flatMap(({ path, after }) => (after ? [{ path, entry: after }] : []));
    write(grace.path, { 'gone.txt': null });
    for await (const { path, bytes } of b.contents(wanted, signal)) write(grace.path, { [path]: bytes });
    expect(await b.advance({ branch: 'main', from: from.commit, to: made.commit, changes, why: 'pull' })).toBe(true);
    expect(await grace.machine.git(grace.path, 'status', '--porcelain')).toBe('');
    expect(readFileSync(join(grace.path, 'a.txt'), 'utf8')).toBe('two\n');
    expect(await b.advance({ branch: 'main', from: from.commit, to: made.commit, changes, why: 'pull' })).toBe(false);
  });

  it('merges alike on both machines, whoever does it', async () => {
    const { ada, grace, ours, theirs } = await repos.diverged({ 'a.txt': '1\n2\n3\n', keep: 'x' }, { 'a.txt': '1\nA\n3\n' }, { 'a.txt': '1\nG\n3\n', added: 'y' });
    grace.machine.configure('[user]\nname=Somebody else\nemail=x@y\n[merge]\nconflictStyle=diff3\n[diff]\nrenames=false\n');
    const one = await (await ada.machine.vcs(ada.path)).merge(ours, theirs, signal);
    const two = await (await grace.machine.vcs(grace.path)).merge(theirs, ours, signal);
    expect(one).toEqual(two);
    if (one.outcome !== 'merged') throw new Error(one.outcome);
    expect(one.conflicts).toHaveLength(1);
    const files = await ada.machine.git(ada.path, 'ls-tree', '-r', '--name-only', one.commit);
    expect(files.split('\n')).toEqual([expect.stringMatching(/^a \(conflict (ada|grace) [0-9a-f]{7}\)\.txt$/), 'a.txt', 'added', 'keep']);
    expect(await ada.machine.git(ada.path, 'grep', '-c', '<<<<', one.commit).catch(() => 'none')).toBe('none');
  });

  it('reads history', async () => {
    const path = await repos.committed({ 'a.txt': 'one\n'.repeat(20) });
    const ada = repos.machine('ada');
    const vcs = await ada.vcs(path);
    await ada.git(path, 'mv', 'a.txt', 'b\nä.txt');
    await commitAll(ada, path, 'moved');
    const [newest, oldest] = await vcs.history({ limit: 10 });
    expect(newest).toMatchObject({ message: 'moved', machine: null, author: 'ada', files: [{ path: 'b\nä.txt', change: 'renamed', from: 'a.txt' }] });
    expect(await vcs.history({ limit: 10, before: newest?.id ?? '' })).toEqual([oldest]);
    expect(await vcs.commitInfo('HEAD')).toEqual(newest);
    expect(await vcs.entryAt('HEAD', p('b\nä.txt'))).toMatchObject({ mode: '100644' });
    expect((await vcs.changesPerDay(3, 'ada', Date.now())).others.reduce((a, b) => a + b)).toBe(2);
    expect((await vcs.lastTouched([p('b\nä.txt')], newest?.id ?? '')).get(p('b\nä.txt'))).toMatchObject({ commit: newest?.id });
  });
});

it.each(['../../config', 'a\0b', '-x..y', 'a b', '/etc/x'])('HEAD at %j, which no branch can be called, is damage', async (name) => {
  const path = await repos.committed();
  const vcs = await repos.machine('ada').vcs(path);
  writeFileSync(join(path, '.git/HEAD'), `ref: refs/heads/${name}\n`);
  expect(await vcs.head()).toMatchObject({ state: 'damaged' });
});

it('HEAD at a branch whose name is longer than a file can have is not there yet', async () => {
  const path = await repos.committed();
  writeFileSync(join(path, '.git/HEAD'), `ref: refs/heads/${'x'.repeat(300)}\n`);
  expect(await (await repos.machine('ada').vcs(path)).head()).toMatchObject({ state: 'unborn' });
});
