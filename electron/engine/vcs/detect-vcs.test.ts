import { chownSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TempRepos, write } from '../testing/temp-repos.ts';
import { detectVcs, type Detected } from './detect-vcs.ts';

let repos: TempRepos;
beforeEach(() => {
  repos = new TempRepos();
});
afterEach(() => repos.dispose());
const detect = (path: string): Promise<Detected> => detectVcs(repos.machine('ada').ports, path);

describe('what a folder is', () => {
  it('a git work tree', async () => {
    const path = await repos.empty();
    expect(await detect(path)).toEqual({ kind: 'git', place: { workTree: path, gitDir: join(path, '.git'), commonDir: join(path, '.git') } });
  });

  it('a git work tree whose repository lies elsewhere', async () => {
    const ada = repos.machine('ada');
    await ada.git(repos.root, 'init', '-q', '--separate-git-dir', repos.path('data'), 'apart');
    expect(await detect(repos.path('apart'))).toEqual({ kind: 'git', place: { workTree: repos.path('apart'), gitDir: repos.path('data'), commonDir: repos.path('data') } });
  });

  it('a linked work tree, but not one that only claims to be', async () => {
    const path = await repos.committed();
    await repos.machine('ada').git(path, 'worktree', 'add', '-q', repos.path('linked'));
    expect(await detect(repos.path('linked'))).toMatchObject({ kind: 'git', place: { commonDir: join(path, '.git') } });
    write(repos.root, { 'thief/.git': `gitdir: ${join(path, '.git/worktrees/linked')}\n` });
    expect(await detect(repos.path('thief'))).toEqual({ kind: 'none', reason: 'broken-link' });
  });

  it('a Mercurial work tree', async () => {
    mkdirSync(repos.path('hg/.hg'), { recursive: true });
    expect(await detect(repos.path('hg'))).toMatchObject({ kind: 'hg', place: { workTree: repos.path('hg') } });
  });

  it('a folder inside a work tree: its top is said', async () => {
    const path = await repos.committed({ 'deep/down/file': 'x' });
    expect(await detect(join(path, 'deep/down'))).toEqual({ kind: 'none', reason: 'inside-work-tree', top: path });
  });

  it('nothing, a bare repository, the inside of one, a dangling link', async () => {
    mkdirSync(repos.path('plain'));
    expect(await detect(repos.path('plain'))).toEqual({ kind: 'none', reason: 'no-repository' });
    const { path, remote } = await repos.withRemote();
    expect(await detect(remote)).toEqual({ kind: 'none', reason: 'bare' });
    expect(await detect(join(path, '.git'))).toEqual({ kind: 'none', reason: 'repository-directory' });
    rmSync(join(path, '.git'), { recursive: true });
    writeFileSync(join(path, '.git'), 'gitdir: ../nowhere\n');
    expect(await detect(path)).toEqual({ kind: 'none', reason: 'broken-link' });
  });

  it('somebody else\'s repository', async () => {
    const path = await repos.empty();
    const { ports } = repos.machine('ada');
    expect(await detectVcs({ ...ports, host: { ...ports.host, uid: ports.host.uid + 1 } }, path)).toEqual({ kind: 'none', reason: 'other-owner' });
    symlinkSync(join(path, '.git'), join(repos.root, '.git'));
    if (process.getuid?.() === 0) {
      chownSync(join(path, '.git'), 65_534, 65_534);
      expect(await detect(repos.root)).toEqual({ kind: 'none', reason: 'other-owner' });
    }
  });
});
