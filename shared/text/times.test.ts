import { describe, expect, it } from 'vitest';
import { createText } from './text.ts';
import { bytes, clockTime, countdown, dayAndClock, durationWords, relativeTime } from './times.ts';

const text = createText('en', { timeZone: 'UTC' });
const nowMs = Date.parse('2026-11-21T16:42:00Z');

describe('times', () => {
  it.each([
    ['2026-11-21T16:42:10Z', 'just now'],
    ['2026-11-21T16:41:56Z', 'just now'],
    ['2026-11-21T16:41:48Z', '12 s ago'],
    ['2026-11-21T16:38:30Z', '3 min ago'],
    ['2026-11-21T09:05:00Z', '09:05'],
    ['2026-11-20T23:01:00Z', 'yesterday 23:01'],
    ['2026-11-19T16:02:00Z', 'Thu 16:02'],
    ['2026-03-02T10:00:00Z', '2 Mar'],
    ['2025-03-02T10:00:00Z', '2 Mar 2025'],
  ])('%s is %s', (at, words) => {
    expect(relativeTime(text, at, nowMs)).toBe(words);
  });

  it('are in the given zone', () => {
    expect(clockTime(createText('en', { timeZone: 'Asia/Tokyo' }), nowMs)).toBe('01:42');
    expect(dayAndClock(text, '2026-11-21T18:00:00Z', nowMs)).toBe('18:00');
  });

  it.each([
    ['2026-11-21T16:42:41Z', '0:41'],
    ['2026-11-21T16:54:05Z', '12:05'],
    ['2026-11-21T16:00:00Z', '0:00'],
  ])('until %s is %s', (until, words) => {
    expect(countdown(until, nowMs)).toBe(words);
  });
});

describe('durations', () => {
  it.each([
    [400, '0.4 s'],
    [2000, '2 s'],
    [48_000, '48 s'],
    [360_000, '6 min'],
    [3 * 3_600_000 + 600_000, '3 h 10 min'],
    [7_200_000, '2 h'],
    [172_800_000, '2 days'],
  ])('%i ms is %s', (durationMs, words) => {
    expect(durationWords(text, durationMs)).toBe(words);
  });
});

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [4_100, '4.1 kB'],
    [100_000_000, '100 MB'],
    [999_999, '1 MB'],
    [2_100_000_000, '2.1 GB'],
  ])('%i is %s', (count, words) => {
    expect(bytes(text, count)).toBe(words);
  });
});
