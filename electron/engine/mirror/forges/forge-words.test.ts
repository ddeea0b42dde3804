import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forgeWords } from './forge-words.ts';
import { linked } from './pages.ts';

describe('the words of a forge', () => {
  it.each<[string, unknown, string]>([
    ['GitHub', { message: 'Validation Failed', errors: [{ resource: 'Repository', message: 'name already exists' }], documentation_url: 'x' }, 'Validation Failed; name already exists'],
    ['GitLab', { message: { path: ['has already been taken'], name: ['is too long'] } }, 'path has already been taken; name is too long'],
    ['GitLab, in short', { message: '404 Project Not Found' }, '404 Project Not Found'],
    ['GitLab, of a token', { error: 'insufficient_scope', error_description: 'The request requires higher privileges', scope: 'api' }, 'The request requires higher privileges; insufficient_scope'],
    ['Bitbucket', { type: 'error', error: { message: 'Your credentials lack a scope', detail: { required: ['write:webhook'] } } }, 'Your credentials lack a scope; required write:webhook'],
    ['Bitbucket Server', { errors: [{ context: null, message: 'You are not permitted', exceptionName: 'x' }] }, 'You are not permitted'],
    ['a page', '<!DOCTYPE html><html><head><title>\n  Sign in · Forge </title>', 'Sign in · Forge'],
    ['a page without a title', '<html><body>Hello', 'a web page'],
    ['plain text', 'upstream\n  went away', 'upstream went away'],
    ['nothing', null, ''],
    ['something else', { a: 1 }, ''],
  ])('%s', (_, body, words) => {
    expect(forgeWords(body)).toBe(words);
  });

  it('are one line that is not too long, whatever came', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.string()), (body) => {
        const words = forgeWords(body);
        expect([...words].length).toBeLessThanOrEqual(300);
        expect(words).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('a Link header', () => {
  it.each<[string | null, string | null]>([
    ['<https://a/x?page=2>; rel="next", <https://a/x?page=9>; rel="last"', 'https://a/x?page=2'],
    ['<https://a/x?page=1>; rel="prev", <https://a/x?page=3>; rel="next"', 'https://a/x?page=3'],
    ['<https://a/x?q=a,b&page=2>; rel=next', 'https://a/x?q=a,b&page=2'],
    ['<https://a/x?page=2>; title="x"; rel="last next"', 'https://a/x?page=2'],
    ['<https://a/x?page=1>; rel="first", <https://a/x?page=9>; rel="last"', null],
    ['<https://a/x>; rel="nextish"', null],
    ['rel="next"', null],
    ['', null],
    [null, null],
  ])('%s', (header, next) => {
    expect(linked(header, 'next')).toBe(next);
  });
});
