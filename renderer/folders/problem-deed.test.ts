import { describe, expect, it } from 'vitest';
import { deedOf, ignorePattern } from './problem-deed.ts';

describe('the button of a problem', () => {
  it.each([
    ['a lock that a program holds', { code: 'locked', params: { live: 1 } }, 'sync'],
    ['a lock that was left behind', { code: 'locked', params: { how: 'left-behind' } }, 'decide'],
    ['a repository inside', { code: 'nested-repository', params: {} }, 'add-folder'],
    ['a submodule with changes', { code: 'nested-repository', params: { how: 'submodule' } }, 'open-folder'],
    ['a key in a file', { code: 'secret-found', params: {} }, 'ignore'],
    ['a key in a commit', { code: 'secret-found', params: { how: 'in-commit' } }, 'decide'],
  ] as const)('%s: %s', (_what, problem, deed) => {
    expect(deedOf(problem)).toBe(deed);
  });
});

describe('a pattern that ignores one path', () => {
  it.each([
    ['env.local', '/env.local'],
    ['fonts/archive.tar', '/fonts/archive.tar'],
    ['a [1]*?.md', '/a\\ \\[1\\]\\*\\?.md'],
    ['#note', '/\\#note'],
    ['back\\slash', '/back\\\\slash'],
  ])('%s: %s', (path, pattern) => {
    expect(ignorePattern(path)).toBe(pattern);
  });
});
