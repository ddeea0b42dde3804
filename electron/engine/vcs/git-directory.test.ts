import { appendFileSync, chownSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TempRepos, write } from '../testing/temp-repos.ts';
import { detectVcs } from './detect-vcs.ts';

let repos: TempRepos;
beforeEach(() => {
  repos = new TempRepos();
});
afterEach(() => repos.dispose());
const verdict = async (path: string): Promise<string> => {
  const detected = await detectVcs(repos.machine('ada').ports, path);
  return detected.kind === 'none' ? detected.reason : detected.kind;
};

describe('a repository with links in it', () => {
  /** Moves a part of the repository away and leaves a link to it. */
  async function linked(part: string): Promise<string> {
    const path = await repos.committed();
    await repos.machine('ada').git(path, 'pack-refs', '--all', '--no-prune');
    const [inside, outside] = [join(path, '.git', part), repos.path('outside')];
    mkdirSync(join(path, '.git/lockstep/apply/20260101T000000Z-1/aside'), { recursive: true });
    renameSync(inside, outside);
    symlinkSync(outside, inside);
    return path;
  }

  it.each(['index', 'packed-refs', 'logs', 'logs/HEAD', 'logs/refs/heads', 'refs', 'refs/heads', 'refs/heads/main', 'objects', 'objects/pack', 'objects/info', 'lockstep', 'lockstep/apply', 'lockstep/apply/20260101T000000Z-1', 'lockstep/apply/20260101T000000Z-1/aside'])(
    'is refused where something would be written through them: %s',
    async (part) => {
      expect(await verdict(await linked(part))).toBe('holds-links');
    },
  );

  it.each(['hooks', 'config', 'description', 'info'])('is taken where they are only read: %s', async (part) => {
    expect(await verdict(await linked(part))).toBe('git');
  });

  it('is taken with links among what was set aside here', async () => {
    const path = await repos.committed();
    for (const place of ['rescue', 'by-hand', 'apply/20260101T000000Z-1/aside']) {
      mkdirSync(join(path, '.git/lockstep', place), { recursive: true });
      symlinkSync('/nowhere', join(path, '.git/lockstep', place, '0'));
    }
    expect(await verdict(path)).toBe('git');
  });
});

describe('a .git that leads to another repository', () => {
  it('is refused when that is another folder\'s', async () => {
    const path = await repos.committed();
    write(repos.root, { 'trap/.git': `gitdir: ${path}/.git\n` });
    expect(await verdict(repos.path('trap'))).toBe('of-another-folder');
    mkdirSync(repos.path('link'));
    symlinkSync(join(path, '.git'), repos.path('link/.git'));
    expect(await verdict(repos.path('link'))).toBe('of-another-folder');
  });

  it('is refused when that is bare, or says that its work tree is elsewhere', async () => {
    const { remote } = await repos.withRemote();
    write(repos.root, { 'trap/.git': `gitdir: ${remote}\n` });
    expect(await verdict(repos.path('trap'))).toBe('of-another-folder');
    await repos.machine('ada').git(repos.root, 'init', '-q', '--separate-git-dir', repos.path('data'), 'apart');
    expect(await verdict(repos.path('apart'))).toBe('git');
    appendFileSync(repos.path('data/config'), `[core]\n\tworktree = ${repos.path('work')}\n`);
    expect(await verdict(repos.path('apart'))).toBe('of-another-folder');
  });

  it('is taken in a submodule, which says so itself', async () => {
    const path = await repos.committed();
    const ada = repos.machine('ada');
    await ada.git(path, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', path, 'sub');
    expect(readFileSync(join(path, '.git/modules/sub/config'), 'utf8')).toContain('worktree = ../../../sub');
    expect(await verdict(join(path, 'sub'))).toBe('git');
  });
});

describe('a repository that borrows objects', () => {
  it('is taken when they are ours', async () => {
    const path = await repos.committed();
    await repos.machine('ada').git(repos.root, 'clone', '-q', '--shared', path, 'borrowing');
    expect(await verdict(repos.path('borrowing'))).toBe('git');
  });

  it.runIf(process.getuid?.() === 0)('is refused when another user could change them', async () => {
    const path = await repos.committed();
    mkdirSync(repos.path('others'));
    chownSync(repos.path('others'), 65_534, 65_534);
    writeFileSync(join(path, '.git/objects/info/alternates'), `# comment\n${repos.path('others')}\n`);
    expect(await verdict(path)).toBe('other-owner');
  });
});
