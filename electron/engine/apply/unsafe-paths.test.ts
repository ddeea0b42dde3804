import { describe, expect, it } from 'vitest';
import { repoPathFromText } from '../repo-path.ts';
import type { TreeChange } from '../vcs/vcs.ts';
import { findUnsafeChange, isUnsafePath } from './unsafe-paths.ts';

describe('isUnsafePath', () => {
  it.each([
    '',
    '/etc/passwd',
    '..',
    '../x',
    'a/../x',
    'a/..',
    './a',
    'a//b',
    'a/',
    'a\0b',
    '.git',
    '.git/hooks/post-checkout',
    'a/.GIT/config',
    '.Git ',
    '.git...',
    '.git . .',
    'git~1/config',
    'GIT~1',
    '.git::$INDEX_ALLOCATION/config',
    '.g\u200cit/config',
    '\ufeff.git',
    'a\\.git\\config',
    '.hg/hgrc',
    'sub/.HG/hgrc',
    '.lockstep-staging/x',
  ])('refuses %j', (path) => {
    expect(isUnsafePath(repoPathFromText(path))).toBe(true);
  });

  it.each(['a', 'a/b.txt', '.gitignore', '.gitmodules', 'git', 'git~2', '.github/x', '..a', 'a..', '...', '-rf', 'CON', 'a:b', 'trailing ', 'dot.', 'x\\y', '\u200ca', 'a\nb', 'a/.lockstep-staging'])(
    'takes %j',
    (path) => {
      expect(isUnsafePath(repoPathFromText(path))).toBe(false);
    },
  );
});

describe('findUnsafeChange', () => {
  const added = (path: string, mode: '100644' | '120000' = '100644'): TreeChange => ({ path: repoPathFromText(path), before: null, after: { mode, id: 'x' } });
  const removed = (path: string): TreeChange => ({ path: repoPathFromText(path), before: { mode: '100644', id: 'x' }, after: null });

  it('takes a well-made tree', () => {
    expect(findUnsafeChange([removed('a'), added('a/b'), added('a/c'), added('ab'), added('l', '120000')])).toBeNull();
  });

  it('finds what lies below a link or a file', () => {
    expect(findUnsafeChange([added('l', '120000'), added('k'), added('l/x/y')])).toBe('l/x/y');
  });

  it('finds what comes twice', () => {
    expect(findUnsafeChange([added('a', '120000'), added('a')])).toBe('a');
  });

  it('refuses to remove by an unsafe path, too', () => {
    expect(findUnsafeChange([removed('../x')])).toBe('../x');
  });
});
