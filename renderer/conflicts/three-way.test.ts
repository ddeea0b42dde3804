import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeWords, threeWay } from './three-way.ts';

const kinds = (base: string, mine: string, theirs: string) => threeWay([...base], [...mine], [...theirs]).map(({ kind, mine: own, theirs: other }) => `${kind} ${own.join('')}/${other.join('')}`);

describe('three versions in places', () => {
  it.each([
    ['abc', 'abc', 'abc', ['same abc/abc']],
    ['abcde', 'aXcde', 'abcdY', ['same a/a', 'mine X/b', 'same cd/cd', 'theirs e/Y']],
    ['abc', 'aXc', 'aYc', ['same a/a', 'conflict X/Y', 'same c/c']],
    ['abc', 'aXc', 'aXc', ['same a/a', 'both X/X', 'same c/c']],
    ['abc', 'abcX', 'abcY', ['same abc/abc', 'conflict X/Y']],
    ['', 'X', '', ['mine X/']],
    ['abcd', 'd', 'abcY', ['conflict d/abcY']],
  ])('%s, mine %s, theirs %s', (base, mine, theirs, places) => {
    expect(kinds(base, mine, theirs)).toEqual(places);
  });

  it('always give each version back, and call nothing the same that was changed', () => {
    const items = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
    fc.assert(
      fc.property(items, items, items, (base, mine, theirs) => {
        const places = threeWay(base, mine, theirs);
        expect(places.flatMap((place) => place.base)).toEqual(base);
        expect(places.flatMap((place) => place.mine)).toEqual(mine);
        expect(places.flatMap((place) => place.theirs)).toEqual(theirs);
        for (const place of places) {
          if (place.kind === 'mine') expect(place.theirs).toEqual(place.base);
          if (place.kind === 'theirs') expect(place.mine).toEqual(place.base);
          if (place.kind === 'same') expect([place.mine, place.theirs]).toEqual([place.base, place.base]);
        }
      }),
    );
  });
});

describe('the words of both', () => {
  it('stand together where no word was changed by both', () => {
    expect(mergeWords('sampled forty plots in May.', 'sampled fifty plots in May.', 'sampled forty plots in May and June.')).toBe('sampled fifty plots in May and June.');
  });

  it('are not guessed where one was', () => {
    expect(mergeWords('in May', 'in June', 'in July')).toBeNull();
  });
});
