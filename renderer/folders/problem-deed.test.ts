import { describe, expect, it } from 'vitest';
import { ignorePattern } from './problem-deed.ts';

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
