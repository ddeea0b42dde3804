import { describe, expect, it } from 'vitest';
import { createText } from '../../shared/text/text.ts';
import { NOW_MS } from '../testing/fixtures.ts';
import { historyFixture } from '../testing/answers.ts';
import { besidePath } from './beside-path.ts';
import { changeWords, dayWord, startsDay } from './commit-words.ts';
import { viewFile } from './file-bytes.ts';

describe('a version of a file', () => {
  it('is text, a picture, or only a size', () => {
    expect(viewFile('a.md', btoa('h\u00c3\u00a9\n'))).toEqual({ kind: 'text', text: 'hé\n', size: 4 });
    expect(viewFile('a.PNG', 'AAAA')).toMatchObject({ kind: 'picture', address: 'data:image/png;base64,AAAA' });
    expect(viewFile('a.bin', btoa('a\0b'))).toEqual({ kind: 'binary', size: 3 });
    expect(viewFile('drawing.svg', btoa('<svg onload="x"/>')).kind).toBe('text');
  });

  it.each([
    ['garden/plan.md', 'yesterday 15:00', 'garden/plan (yesterday 15.00).md'],
    ['.profile', '12:30', '.profile (12.30)'],
    ['a/b', '3 Mar', 'a/b (3 Mar)'],
  ])('%s of %s goes beside as %s', (path, when, beside) => {
    expect(besidePath(path, when)).toBe(beside);
  });
});

describe('a change in the list', () => {
  const text = createText('en', { timeZone: 'Europe/Berlin' });
  const words = (at: number) => changeWords(text, historyFixture[at] ?? { id: '', parents: [], author: 'me', at: '', machine: null, message: '', files: [] });

  it('says who, what, and where it is of a special kind', () => {
    expect(words(0)).toEqual({ subject: 'garden: beds, watering, shopping', detail: 'studio-desktop · plan.md', kind: null });
    expect([1, 3, 4, 6].map((at) => words(at).kind)).toEqual(['picture', 'moved', 'merge', 'removed']);
    expect(words(100_000).subject).toBe('No message');
  });

  it('begins a day where the day changes, as the machine’s clock has it', () => {
    expect(historyFixture.slice(0, 8).map((_, at) => startsDay(text, historyFixture, at))).toEqual([true, false, false, false, false, false, true, false]);
    expect(dayWord(text, '2026-11-20T23:30:00.000Z', NOW_MS)).toBe('Today');
    expect(dayWord(text, '2026-11-20T12:00:00.000Z', NOW_MS)).toBe('Yesterday');
    expect(dayWord(text, '2025-03-03T12:00:00.000Z', NOW_MS)).toBe('3 March 2025');
  });
});
