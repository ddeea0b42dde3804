import { describe, expect, it } from 'vitest';
import { historyFixture } from '../testing/answers.ts';
import { matchesFind } from './find-changes.ts';
import { nextChosen } from './use-chosen.ts';

const found = (wanted: string) => historyFixture.filter((entry) => matchesFind(entry, wanted)).map(({ id }) => id.slice(0, 7));

describe('looking for a change', () => {
  it.each([
    ['part of a path', 'PLAN', ['5d0be77']],
    ['part of a message', 'quince paste', ['5d0be70']],
    ['where a file was before it moved', 'inbox/tax', ['5d0be74']],
    ['the beginning of its id', '5d0be73', ['5d0be73']],
    ['nothing that is there', 'no such thing', []],
  ])('by %s', (_by, wanted, ids) => {
    expect(found(wanted)).toEqual(ids);
  });

  it('for nothing finds all', () => {
    expect(found(' ')).toHaveLength(historyFixture.length);
  });
});

describe('the change that is shown when none was chosen', () => {
  const [a, b, c] = historyFixture;
  if (!a || !b || !c) throw new Error('the fixture has changes');

  it('is the newest at first, and stays that one when newer ones come', () => {
    expect(nextChosen([b, c], undefined, undefined)).toBe(b.id);
    expect(nextChosen([a, b, c], undefined, b.id)).toBe(b.id);
  });

  it('is the newest of those that are left when it is not among them, and what was chosen if that is', () => {
    expect(nextChosen([a, c], undefined, b.id)).toBe(a.id);
    expect(nextChosen([a, b, c], c.id, b.id)).toBe(c.id);
    expect(nextChosen([], undefined, b.id)).toBeUndefined();
  });
});
