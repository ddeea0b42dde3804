import { describe, expect, it } from 'vitest';
import { earlyAtMs, extended, remaining, settlesAtMs, stillMoving, type QuietPeriod } from './quiet-period.ts';

const limits = { delayMs: 2_000, maxWaitMs: 300_000 };
const saved = (...saves: [path: string | null, atMs: number][]): QuietPeriod => {
  let quiet: QuietPeriod | null = null;
  for (const [path, atMs] of saves) quiet = extended(quiet, path, atMs);
  if (!quiet) throw new Error('no saves');
  return quiet;
};

describe('quiet period', () => {
  it('ends a delay after the last save', () => {
    expect(settlesAtMs(saved(['a', 0], ['b', 1_500]), limits)).toBe(3_500);
  });

  it('ends at the longest wait, however often something is saved', () => {
    const quiet = saved(...Array.from({ length: 400 }, (_, second): [string, number] => ['log', second * 1_000]));
    expect(settlesAtMs(quiet, limits)).toBe(300_000);
  });

  it('lets the settled files go ahead of one that never rests', () => {
    const quiet = saved(['essay', 0], ...Array.from({ length: 12 }, (_, second): [string, number] => ['log', (second + 1) * 1_000]));
    expect(earlyAtMs(quiet, limits)).toBe(10_000);
    expect(stillMoving(quiet, limits, 12_000)).toEqual(['log']);
  });

  it('waits as one when everything moves, or when it is not known what does', () => {
    expect(earlyAtMs(saved(['a', 0]), limits)).toBeNull();
    expect(earlyAtMs(saved(['a', 0], [null, 10]), limits)).toBeNull();
  });

  it('keeps what was saved after a commit began, and what was left out of it', () => {
    const left = remaining(saved(['a', 0], ['b', 100], ['log', 150]), 120, ['b']);
    expect([...(left?.paths ?? [])]).toEqual([['b', 100], ['log', 150]]);
    expect(remaining(saved(['a', 0]), 120, [])).toBeNull();
    // Within one tick of the clock nobody can tell which came first.
    expect([...(remaining(saved(['a', 0], ['b', 120]), 120, [])?.paths ?? [])]).toEqual([['b', 120]]);
    expect(remaining(saved([null, 120]), 120, [])).toEqual({ firstMs: 120, lastMs: 120, paths: null });
    expect(remaining(saved([null, 130]), 120, [])).toEqual({ firstMs: 130, lastMs: 130, paths: null });
  });

  it('does not remember single paths of a burst', () => {
    const quiet = saved(...Array.from({ length: 6_000 }, (_, index): [string, number] => [`f${index}`, index]));
    expect(quiet.paths).toBeNull();
  });
});
