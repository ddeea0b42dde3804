import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repoPathFromBytes, repoPathFromText } from '../../repo-path.ts';
import { commitAll, TempRepos, write } from '../../testing/temp-repos.ts';
import type { CommitRequest, Head, Vcs } from '../vcs.ts';

const signal = new AbortController().signal;
let repos: TempRepos;
/** Leader of a group that a failing test would leave behind. */
let hanging: number | null = null;
beforeEach(() => {
  repos = new TempRepos();
});
afterEach(async () => {
  if (hanging !== null) process.kill(-hanging, 'SIGKILL');
  hanging = null;
  await repos.dispose();
});

async function save(vcs: Vcs, more: Partial<CommitRequest> = {}) {
  const head = (await vcs.head()) as Head & { state: 'branch' | 'unborn' };
  return vcs.commit({ head, message: 'save', held: [], expected: 1, brake: () => null, ...more }, signal);
}
async function open(files?: Record<string, string>) {
  const path = await repos.committed(files);
  const ada = repos.machine('ada');
  const vcs = await ada.vcs(path);
  const git = (...args: string[]): Promise<string> => ada.git(path, ...args);
  return { path, ada, vcs, git };
}

describe('what is committed', () => {
  it.each([Buffer.from('-rf'), Buffer.from('--help'), Buffer.from('new\nline'), Buffer.from('tab\tquote"'), Buffer.from([0xff, 0xfe]), Buffer.from('😀'), Buffer.from('x'.repeat(255)), Buffer.from('$(touch x);'), Buffer.from(':(exclude)a.txt'), Buffer.from('*')])('takes any name: %s', async (name) => {
    const { path, vcs, git } = await open();
    writeFileSync(Buffer.concat([Buffer.from(`${path}/`), name]), 'content');
    const repoPath = repoPathFromBytes(name);
    expect((await vcs.status(signal)).changes).toEqual([{ path: repoPath, change: 'added' }]);
    const made = await save(vcs);
    if (made.outcome !== 'committed') throw new Error(made.outcome);
    expect(made.changes.map((change) => change.path)).toEqual([repoPath]);
    const entry = await vcs.entryAt(made.commit, repoPath);
    expect((await vcs.readBlob(entry?.id ?? '')).toString()).toBe('content');
    expect(await vcs.identify([{ path: repoPath, file: Buffer.concat([Buffer.from(`${path}/`), name]), mode: '100644' }], signal)).toEqual([entry?.id]);
    expect(await git('status', '--porcelain')).toBe('');
  });

  it('leaves held paths as they are in HEAD, changed, new or gone', async () => {
    const { path, vcs, git } = await open({ changed: 'a', gone: 'a', 'dir/kept': 'a', other: 'a', '*': 'a' });
    write(path, { changed: 'b', gone: null, 'dir/kept': 'b', 'dir/new': 'b', other: 'b', '*': 'b' });
    const made = await save(vcs, { held: ['changed', 'gone', 'dir', '*'].map(repoPathFromText) });
    expect(made).toMatchObject({ outcome: 'committed', changes: [{ path: 'other' }] });
    expect((await git('status', '--porcelain', '-uall')).split('\n').map((line) => line.slice(3)).sort()).toEqual(['"*"', 'changed', 'dir/kept', 'dir/new', 'gone'].map((name) => name.replaceAll('"', '')).sort());
  });

  it('is not stopped by entries that git chokes on', async () => {
    const { path, vcs, git, ada } = await open();
    write(path, { good: 'x', '.GIT/config': 'x' });
    mkdirSync(join(path, 'empty-repo'));
    await ada.git(join(path, 'empty-repo'), 'init', '-q');
    mkdirSync(join(path, 'repo'));
    await ada.git(join(path, 'repo'), 'init', '-q');
    write(join(path, 'repo'), { in: 'x' });
    await commitAll(ada, join(path, 'repo'), 'inner');
    write(path, { 'hg/.hg/store': 'x', 'hg/file': 'x', '.hg/store': 'x' });
    expect([...(await vcs.status(signal)).nested].sort()).toEqual(['empty-repo', 'hg', 'repo']);
    const made = await save(vcs);
    expect(made).toMatchObject({ outcome: 'committed', changes: [{ path: 'good' }] });
    expect(made.outcome === 'committed' && made.skipped).toContain('.GIT/config');
    expect(await git('ls-files')).toBe('a.txt\ngood');
  });

  it('leaves what a submodule is at to the person', async () => {
    const { path, vcs, git, ada } = await open();
    const inner = await repos.committed({ in: 'x' }, ada, 'inner');
    await git('-c', 'protocol.file.allow=always', 'submodule', '-q', 'add', inner, 'sub');
    await git('commit', '-qm', 'with submodule');
    write(join(path, 'sub'), { in: 'y' });
    await commitAll(ada, join(path, 'sub'), 'moved on');
    expect((await vcs.status(signal)).changes).toEqual([]);
    rmSync(join(path, 'sub'), { recursive: true });
    write(path, { good: 'x' });
    expect(await save(vcs)).toMatchObject({ outcome: 'committed', changes: [{ path: 'good' }] });
    expect(await git('ls-tree', 'HEAD', 'sub')).toContain('160000');
  });

  it('never takes what it cannot read for deleted', async () => {
    const { path, vcs, git } = await open({ 'secret/a': 'a', open: 'a', unreadable: 'a' });
    const ordinary = process.getuid?.() === 0 ? 65_534 : null;
    write(path, { open: 'b', unreadable: 'b' });
    chmodSync(join(path, 'unreadable'), 0);
    chmodSync(join(path, 'secret'), 0);
    if (ordinary !== null) {
      execFileSync('chown', ['-R', String(ordinary), repos.root]);
      // Root reads everything: for this test the process is somebody else.
      process.seteuid?.(ordinary);
    }
    try {
      expect((await vcs.status(signal)).unreadable).toEqual(['secret']);
      expect(await save(vcs)).toMatchObject({ outcome: 'committed', changes: [{ path: 'open' }], skipped: ['unreadable'] });
    } finally {
      if (ordinary !== null) process.seteuid?.(0);
      chmodSync(join(path, 'secret'), 0o700);
    }
    expect(await git('-c', 'safe.directory=*', 'ls-tree', '-r', '--name-only', 'HEAD')).toBe('open\nsecret/a\nunreadable');
  });

  it('is held by a brake before anything moves', async () => {
    const { path, vcs, git } = await open();
    const before = await git('rev-parse', 'HEAD');
    write(path, { 'a.txt': null });
    expect(await save(vcs, { brake: (changes) => ({ code: 'mass-change', params: { files: changes.length } }) })).toMatchObject({ outcome: 'held', finding: { params: { files: 1 } } });
    expect([await git('rev-parse', 'HEAD'), await git('status', '--porcelain')]).toEqual([before, ' D a.txt']);
  });

  it('keeps modes and links, and what an edit of the same size and time changed', async () => {
    const { path, vcs, git } = await open({ same: 'aaaa', run: 'x' });
    const before = statSync(join(path, 'same'));
    write(path, { same: 'bbbb' });
    utimesSync(join(path, 'same'), before.atime, before.mtime);
    chmodSync(join(path, 'run'), 0o755);
    symlinkSync('nowhere', join(path, 'link'));
    expect(await save(vcs)).toMatchObject({ outcome: 'committed', changes: [{ path: 'link', after: { mode: '120000' } }, { path: 'run', after: { mode: '100755' } }, { path: 'same' }] });
    expect(await git('status', '--porcelain')).toBe('');
  });

  it('packs what lies about loose, and loses nothing of it', async () => {
    const { path, vcs, git } = await open();
    expect(await vcs.tidy?.(signal)).toBe(false);
    const kept = await vcs.writeBlob(Buffer.from('unreachable'));
    // Contents that all come to lie in the one folder that is counted.
    const sampled = Array.from({ length: 20_000 }, (_, number) => `content ${number}`).filter((content) => createHash('sha1').update(`blob ${content.length}\0${content}`).digest('hex').startsWith('17'));
    write(path, Object.fromEntries(sampled.slice(0, 40).map((content, number) => [`many/${number}`, content])));
    expect(await save(vcs)).toMatchObject({ outcome: 'committed' });
    const left = join(path, '.git/objects/pack/tmp_pack_x');
    writeFileSync(left, 'half');
    utimesSync(left, 1, 1);
    expect(await vcs.tidy?.(signal)).toBe(true);
    expect([existsSync(left), (await vcs.readBlob(kept)).toString(), Number(/count: (\d+)/.exec(await git('count-objects', '-v'))?.[1]) < 10]).toEqual([false, 'unreachable', true]);
  });

  it('goes in where the file system knows no hard links', async () => {
    const path = await repos.committed();
    const ada = repos.machine('linkless', (ports) => ({ ...ports, files: { ...ports.files, link: () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' })) } }));
    write(path, { b: 'b' });
    expect(await save(await ada.vcs(path))).toMatchObject({ outcome: 'committed' });
    expect(await ada.git(path, 'status', '--porcelain')).toBe('');
  });

  it('writes many as one pack', async () => {
    const { path, vcs, git } = await open();
    write(path, Object.fromEntries(Array.from({ length: 300 }, (_, number) => [`many/${number}`, `number ${number}`])));
    expect(await save(vcs, { expected: 300 })).toMatchObject({ outcome: 'committed' });
    expect(await git('count-objects', '-v')).toContain('in-pack: 300');
    await git('fsck', '--strict');
  });
});

describe('the person at work in the same repository', () => {
  it('has what is staged counted, and left as it is by an advance', async () => {
    const { path, vcs, git } = await open({ mine: 'a', theirs: 'a' });
    const from = await git('rev-parse', 'HEAD');
    write(path, { theirs: 'b' });
    const to = await commitAll(repos.machine('ada'), path, 'to');
    await git('reset', '-q', '--hard', from);
    write(path, { mine: 'staged' });
    await git('add', 'mine');
    expect((await vcs.status(signal)).staged).toBe(1);
    write(path, { mine: 'later', theirs: 'b' });
    expect(await vcs.advance({ branch: 'main', from, to, changes: await vcs.diff(from, to, signal), why: 'pull' })).toBe(true);
    expect(await git('status', '--porcelain')).toBe('MM mine');
  });

  it('left a lock behind: it stays, commits go on, and the index follows when it is gone', async () => {
    const { path, vcs, git } = await open();
    const lock = join(path, '.git/index.lock');
    writeFileSync(lock, '');
    utimesSync(lock, 1, 1);
    write(path, { b: 'b' });
    expect(await vcs.guard()).toMatchObject({ code: 'locked', params: { file: lock } });
    expect(await save(vcs)).toMatchObject({ outcome: 'committed' });
    expect(existsSync(lock)).toBe(true);
    // The person's index is behind; that is not taken for something staged.
    expect(await vcs.status(signal)).toMatchObject({ staged: 0, changes: [] });
    write(path, { c: 'c' });
    expect(await save(vcs)).toMatchObject({ outcome: 'committed', changes: [{ path: 'c' }] });
    rmSync(lock);
    expect(await vcs.status(signal)).toMatchObject({ staged: 0, changes: [] });
    expect([await git('status', '--porcelain'), await git('ls-files')]).toEqual(['', 'a.txt\nb\nc']);
  });

  it('holds the index for a commit being written: we wait', async () => {
    const { path, vcs, ada } = await open();
    write(path, { 'a.txt': 'theirs' });
    const editing = join(repos.root, 'editing');
    const editor = join(repos.root, 'editor');
    writeFileSync(editor, `#!/bin/sh\nmkfifo ${editing}.go\ntouch ${editing}\nread x < ${editing}.go\necho by hand > "$1"\n`, { mode: 0o755 });
    // Not a child of this process: those are taken for the engine's own.
    const commit = spawn('sh', ['-c', 'git commit -qa; exit $?'], { cwd: path, env: { ...ada.env, GIT_EDITOR: editor }, detached: true });
    hanging = commit.pid ?? null;
    while (!existsSync(editing)) await new Promise((resolve) => setImmediate(resolve));
    write(path, { b: 'ours' });
    expect(await save(vcs)).toMatchObject({ outcome: 'trouble', code: 'locked' });
    writeFileSync(`${editing}.go`, 'x\n');
    expect(await once(commit, 'exit')).toEqual([0, null]);
    hanging = null;
    expect(await save(vcs)).toMatchObject({ outcome: 'committed', changes: [{ path: 'b' }] });
    expect(await ada.git(path, 'log', '-2', '--format=%s')).toBe('save\nby hand');
  });

  it('switched branches meanwhile: nothing is committed on either', async () => {
    const { path, vcs, git } = await open();
    write(path, { b: 'b' });
    const tips = await git('rev-parse', 'HEAD');
    const made = await save(vcs, {
      brake: () => {
        writeFileSync(join(path, '.git/HEAD'), 'ref: refs/heads/other\n');
        return null;
      },
    });
    expect(made).toEqual({ outcome: 'head-moved' });
    expect(await git('rev-parse', 'main')).toBe(tips);
    await expect(git('rev-parse', '--verify', 'other')).rejects.toThrow();
  });

  it.each([
    ['a merge', () => repos.midMerge(), 'merge-in-progress'],
    ['a rebase', () => repos.midRebase(), 'rebase-in-progress'],
  ])('is in the middle of %s', async (_, build, code) => {
    const path = await build();
    const vcs = await repos.machine('ada').vcs(path);
    expect(await vcs.guard()).toEqual({ code, params: {} });
    const before = readFileSync(join(path, '.git/index'));
    const kept = await vcs.snapshot(signal);
    expect(await repos.machine('ada').git(path, 'for-each-ref', '--format=%(objectname)', 'refs/lockstep/snap/latest')).toBe(kept);
    expect(await vcs.snapshot(signal)).toBeNull();
    expect(readFileSync(join(path, '.git/index')).equals(before)).toBe(true);
  });

  it('works in a linked work tree, whose rescue outlives it', async () => {
    const { path, git, ada } = await open();
    const linked = repos.path('linked');
    await git('worktree', 'add', '-q', '-b', 'side', linked);
    const vcs = await ada.vcs(linked);
    expect(vcs.place).toEqual({ workTree: linked, gitDir: join(path, '.git/worktrees/linked'), commonDir: join(path, '.git') });
    expect(vcs.ownDirectory).toBe(join(path, '.git/lockstep/worktrees/linked'));
    write(linked, { l: 'l' });
    expect(await save(vcs)).toMatchObject({ outcome: 'committed' });
    expect([await ada.git(linked, 'status', '--porcelain'), await git('log', '-1', '--format=%s', 'side')]).toEqual(['', 'save']);
  });

  it('is told of a ref that a power loss emptied: no commit begins a new history', async () => {
    const { path, vcs } = await open();
    writeFileSync(join(path, '.git/refs/heads/main'), '');
    expect(await vcs.head()).toEqual({ state: 'damaged', detail: 'refs/heads/main is empty' });
  });

  it('packed the refs, and uses the longer hash', async () => {
    const ada = repos.machine('ada');
    const path = repos.path('long');
    await ada.git(repos.root, 'init', '-q', '--object-format=sha256', path);
    write(path, { a: 'a' });
    const first = await commitAll(ada, path, 'one');
    await ada.git(path, 'pack-refs', '--all');
    const vcs = await ada.vcs(path);
    expect(await vcs.head()).toEqual({ state: 'branch', branch: 'main', commit: first });
    write(path, { b: 'b' });
    const made = await save(vcs);
    if (made.outcome !== 'committed') throw new Error(made.outcome);
    expect(made.commit).toHaveLength(64);
    expect(await vcs.identify([{ path: repoPathFromText('b'), file: Buffer.from(join(path, 'b')), mode: '100644' }], signal)).toEqual([(await vcs.entryAt(made.commit, repoPathFromText('b')))?.id]);
    expect((await vcs.diff(null, made.commit, signal)).map((change) => change.path)).toEqual(['a', 'b']);
    renameSync(join(path, 'b'), join(path, 'c'));
    expect(await save(vcs)).toMatchObject({ outcome: 'committed' });
  });
});
