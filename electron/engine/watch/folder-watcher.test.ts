import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { RealWorkTree } from '../testing/real-work-tree.ts';

let tree: RealWorkTree;
beforeEach(() => {
  tree = new RealWorkTree();
});
afterEach(() => tree.remove());

const numbered = (count: number, name: (index: number) => string): string[] => Array.from({ length: count }, (_, index) => name(index));

describe('a watched work tree', () => {
  it('reports a burst of writes, each path', async () => {
    const paths = numbered(1_000, (index) => `d${index % 20}/f${index}`);
    for (const path of paths) tree.write(path);
    await tree.watch();
    for (const path of paths) appendFileSync(tree.path(path), 'more');
    await tree.record.untilChanged(...paths);
  });

  it('reports what a checkout changes, there and back', async () => {
    const paths = numbered(300, (index) => `d${index % 10}/e/f${index}`);
    for (const path of paths) tree.write(path, 'one');
    tree.git('add', '-A');
    tree.git('commit', '-qm', 'one');
    tree.git('switch', '-qc', 'other');
    for (const path of paths) tree.write(path, 'other');
    tree.git('commit', '-qam', 'other');
    await tree.watch();
    for (const branch of ['main', 'other']) {
      tree.record.forget();
      tree.git('switch', '-q', branch);
      await tree.record.untilChanged(...paths);
    }
  });

  it('follows a renamed directory: writes inside it are seen', async () => {
    tree.write('old/a/b/file');
    await tree.watch();
    renameSync(tree.path('old'), tree.path('new'));
    await tree.record.untilChanged('old', 'new', 'new/a/b/file');
    tree.record.forget();
    appendFileSync(tree.path('new/a/b/file'), 'more');
    await tree.record.untilChanged('new/a/b/file');
  });

  it('sees everything in a tree made at once, and later writes in it', async () => {
    await tree.watch();
    const paths = numbered(100, (index) => `n${index % 20}/a/b/f${index}`);
    for (const path of paths) tree.write(path);
    await tree.record.untilChanged(...paths);
    tree.record.forget();
    for (const path of paths) appendFileSync(tree.path(path), 'more');
    await tree.record.untilChanged(...paths);
  });

  it('watches a directory that replaced another of the same name', async () => {
    tree.write('d/sub/old');
    await tree.watch();
    rmSync(tree.path('d'), { recursive: true });
    tree.write('d/sub/new');
    await tree.record.untilChanged('d/sub/new');
    tree.record.forget();
    appendFileSync(tree.path('d/sub/new'), 'more');
    await tree.record.untilChanged('d/sub/new');
  });

  it('reports what rm -r takes away and lets its watches go', async () => {
    const paths = numbered(200, (index) => `gone/d${index % 10}/f${index}`);
    for (const path of paths) tree.write(path);
    await tree.watch();
    expect(tree.record.lastCoverage).toEqual({ directories: 12, polled: 0 });
    rmSync(tree.path('gone'), { recursive: true });
    await tree.record.untilChanged(...paths);
    await tree.record.until(({ lastCoverage }) => lastCoverage.directories === 1);
  });

  it('sees the removal of a file that has its directory\'s name', async () => {
    tree.write('same/same');
    await tree.watch();
    unlinkSync(tree.path('same/same'));
    await tree.record.untilChanged('same/same');
  });

  it('keeps names that are not UTF-8', async () => {
    mkdirSync(Buffer.from(`${tree.root}/caf\xe9`, 'latin1'));
    await tree.watch();
    writeFileSync(Buffer.from(`${tree.root}/caf\xe9/\xff`, 'latin1'), '');
    await tree.record.untilChanged('caf\\xe9/\\xff');
  });

  it('does not follow links to directories', async () => {
    mkdirSync(join(tree.parent, 'elsewhere'));
    symlinkSync(join(tree.parent, 'elsewhere'), tree.path('link'));
    await tree.watch();
    writeFileSync(join(tree.parent, 'elsewhere/file'), '');
    await tree.fence();
    expect(tree.reported()).toEqual([]);
    expect(tree.record.lastCoverage.directories).toBe(1);
  });
});

describe('ignored directories', () => {
  it('are not entered, and asked about once per level', async () => {
    for (const path of numbered(30, (index) => `d${index}/e${index}/f`)) tree.write(path);
    tree.write('out/deep/file');
    tree.ignored.add('out');
    await tree.watch();
    expect(tree.asked).toEqual([31, 30]);
    appendFileSync(tree.path('out/deep/file'), 'more');
    await tree.fence();
    expect(tree.reported()).toEqual([]);
    expect(tree.record.lastCoverage.directories).toBe(61);
  });

  it.each(['.gitignore', 'sub/.gitignore', '.git/info/exclude'])('are looked at again when %s changes', async (rules) => {
    tree.write('out/file');
    tree.write('sub/file');
    await tree.watch();
    tree.ignored.add('out');
    tree.write(rules, 'out/');
    await tree.record.until(({ lastCoverage }) => lastCoverage.directories === 2);
    tree.ignored.clear();
    tree.write(rules, '');
    await tree.record.until(({ lastCoverage }) => lastCoverage.directories === 3);
    tree.record.forget();
    appendFileSync(tree.path('out/file'), 'more');
    await tree.record.untilChanged('out/file');
  });
});

describe('the root', () => {
  it.each([
    ['removed', () => rmSync(tree.root, { recursive: true })],
    ['moved', () => renameSync(tree.root, join(tree.parent, 'elsewhere'))],
    [
      'replaced',
      () => {
        renameSync(tree.root, join(tree.parent, 'elsewhere'));
        mkdirSync(tree.root);
      },
    ],
    [
      'replaced by a link',
      () => {
        renameSync(tree.root, join(tree.parent, 'elsewhere'));
        symlinkSync(join(tree.parent, 'elsewhere'), tree.root);
      },
    ],
  ])('is reported as gone, once, when %s', async (_, act) => {
    const watcher = await tree.watch();
    act();
    await tree.record.until(({ roots }) => roots > 0);
    await watcher.rescan();
    expect(tree.record.roots).toBe(1);
  });

  it.each([
    ['its repository', () => rmSync(tree.path('.git'), { recursive: true })],
    ['it, and another is made at once', () => (rmSync(tree.root, { recursive: true }), mkdirSync(tree.root))],
  ])('is reported as gone at once when somebody removes %s, though a process is in it', async (_, act) => {
    const inside = spawn('sleep', ['60'], { cwd: tree.root });
    await once(inside, 'spawn');
    // No look that is due at a time of its own finds it: this clock stands still.
    await tree.watch({ clock: new FakeClock() });
    act();
    await tree.record.until(({ roots }) => roots > 0);
    inside.kill('SIGKILL');
    await once(inside, 'exit');
  });

  it('is reported as gone when it was never there', async () => {
    rmSync(tree.root, { recursive: true });
    await tree.watch();
    expect(tree.record.roots).toBe(1);
  });
});

describe('the repository\'s own directory', () => {
  it.each([
    ['a commit', () => tree.git('commit', '-q', '--allow-empty', '-m', 'two')],
    ['a branch in a folder', () => tree.git('branch', 'topics/new')],
    ['packed refs', () => tree.git('pack-refs', '--all')],
    ['staging', () => tree.git('add', 'file')],
    ['a detached HEAD', () => tree.git('switch', '-q', '--detach')],
    ['a merge in progress', () => writeFileSync(tree.path('.git/MERGE_HEAD'), '')],
  ])('reports %s', async (_, act) => {
    tree.git('commit', '-q', '--allow-empty', '-m', 'one');
    tree.write('file');
    await tree.watch();
    act();
    await tree.record.until(({ repositoryChanges }) => repositoryChanges > 0);
    expect(tree.reported()).toEqual([]);
  });

  it('reports a second move of a branch in a folder made later', async () => {
    tree.git('commit', '-q', '--allow-empty', '-m', 'one');
    await tree.watch();
    tree.git('switch', '-qc', 'topics/new');
    await tree.record.until(({ repositoryChanges }) => repositoryChanges > 0);
    tree.record.forget();
    writeFileSync(tree.path('.git/refs/heads/topics/new'), '');
    await tree.record.until(({ repositoryChanges }) => repositoryChanges > 0);
  });

  it('says nothing of our own folder, of locks, of objects', async () => {
    tree.write('.git/lockstep/journal');
    await tree.watch();
    tree.write('.git/lockstep/journal', 'more');
    tree.write('.git/index.lock');
    tree.write('.git/objects/aa/bb');
    tree.write('.git/FETCH_HEAD');
    await tree.fence();
    // Changes are gathered: one that counts must be the only one.
    tree.write('.git/HEAD', 'ref: refs/heads/other\n');
    await tree.record.until(({ repositoryChanges }) => repositoryChanges > 0);
    expect(tree.record.repositoryChanges).toBe(1);
    expect(tree.reported()).toEqual([]);
  });
});
