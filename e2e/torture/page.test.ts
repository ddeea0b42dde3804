import { describe, expect, it } from 'vitest';
import { page, summary, type Finished } from './page.ts';
import { sized } from './part.ts';

const finished = (lost: number, failures: readonly string[]): Finished => ({
  part: { title: 'Races', about: 'Saves race.', run: () => Promise.reject(new Error('not run')) },
  result: { figures: [{ name: 'saves | renames', value: '20' }], lost, failures },
  seconds: 1.4,
});
const occasion = { seed: 7, scale: 0.5, at: '2026-01-02 03:04', surroundings: '2 processors' };

describe('the page', () => {
  it('says what was counted and how to repeat it', () => {
    const text = page([finished(0, [])], occasion);
    expect(text).toContain('**0 lost**; 1 of 1 parts passed. Seed 7, size 0.5');
    expect(text).toContain('npm run torture -- --seed 7 --size 0.5');
    expect(text).toContain('| saves \\| renames | 20 |');
  });

  it.each([
    ['a loss', finished(1, [])],
    ['a failure', finished(0, ['seed 7:1'])],
  ])('calls a part with %s failed', (_, each) => {
    expect(page([each], occasion)).toContain('## Races: FAILED');
    expect(page([each], occasion)).toContain('0 of 1 parts passed');
    expect(summary(each)).toMatch(/^FAILED/);
  });
});

it('counts at least one of everything, however small the size', () => {
  expect(sized(1000, { scale: 2 })).toBe(2000);
  expect(sized(10, { scale: 0.0001 })).toBe(1);
});
