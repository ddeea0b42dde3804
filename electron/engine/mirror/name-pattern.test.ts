import { describe, expect, it } from 'vitest';
import { namePattern } from './name-pattern.ts';

describe('the pattern on names', () => {
  it.each([
    [null, 'anything', true],
    ['lib', 'my-lib-storage', true],
    ['^lib-', 'my-lib-storage', false],
    ['^(lib|app)-.*$', 'app-notes', true],
    ['(?i)NOTES', 'notes', true],
    ['é$', 'caf\u00e9', true],
  ])('%s on %s: %s', (pattern, name, found) => {
    expect(namePattern(pattern)(name)).toBe(found);
  });

  it.each(['(', '[', '*', '(?=x)', '\\1', 'a'.repeat(1_001), 'a{1,100000}'])('refuses %s in a sentence', (pattern) => {
    expect(() => namePattern(pattern)).toThrowError(expect.objectContaining({ code: 'bad-pattern' }));
  });

  it('is not slowed down by a pattern made to hang others', () => {
    // With backtracking this takes longer than the sun will shine, and the test its limit.
    expect(namePattern('^(a+)+$')(`${'a'.repeat(60_000)}b`)).toBe(false);
  });
});
