import { describe, expect, it } from 'vitest';
import { askedToWaitUntil } from './rate-limit.ts';

const NOW_MS = Date.UTC(2026, 5, 1, 12);
const now = NOW_MS / 1000;

describe('an answer asks us to wait', () => {
  it.each<[string, number, Record<string, string>, string, number]>([
    ['so many seconds', 429, { 'retry-after': '7' }, '', 7],
    ['until a date', 429, { 'retry-after': new Date(NOW_MS + 90_000).toUTCString() }, '', 90],
    ['until a time', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now + 600) }, '', 601],
    ['as GitLab says it', 429, { 'ratelimit-remaining': '0', 'ratelimit-reset': String(now + 30) }, '', 31],
    ['so many seconds from now, by its counter', 429, { 'x-ratelimit-reset': '20' }, '', 21],
    ['for a secondary limit without a time', 403, { 'x-ratelimit-remaining': '4000', 'x-ratelimit-reset': String(now + 3000) }, 'You have exceeded a secondary rate limit.', 60],
    ['without a time', 429, {}, '', 60],
    ['while it is being looked after', 503, { 'retry-after': '120' }, '', 120],
    ['longer than anybody would', 429, { 'retry-after': '99999999' }, '', 6 * 3600],
    ['until a time that is over', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now - 600) }, '', 0],
    ['in words that are no time', 429, { 'retry-after': 'later' }, '', 60],
  ])('%s', (_, status, headers, words, seconds) => {
    expect(askedToWaitUntil({ status, headers: new Headers(headers), words }, NOW_MS)).toBe(NOW_MS + seconds * 1000);
  });

  it.each<[string, number, Record<string, string>, string]>([
    ['a right is missing', 403, { 'x-ratelimit-remaining': '4000' }, 'Resource not accessible'],
    ['it is in trouble', 503, {}, ''],
    ['all is well, and the counter just came to its end', 200, { 'x-ratelimit-remaining': '0' }, ''],
    ['the token is not known', 401, { 'retry-after': '3' }, ''],
  ])('not when %s', (_, status, headers, words) => {
    expect(askedToWaitUntil({ status, headers: new Headers(headers), words }, NOW_MS)).toBeNull();
  });
});
