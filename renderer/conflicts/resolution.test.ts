import { describe, expect, it } from 'vitest';
import { compareRows } from './compare-rows.ts';
import { nextPlace } from './next-place.ts';
import { compare, composeResult, tally, withLineEnds, type Take, type Texts } from './resolution.ts';

const texts: Texts = {
  base: 'title\nforty plots in May\nend\nlast\n',
  mine: 'title\nfifty plots in May\nend\nlast, mine\n',
  theirs: 'Title\nforty plots in June\nend\nlast\n',
};
const taken = (takes: [number, Take][] = [], of: Texts = texts) => composeResult(compare(of), new Map(takes), of);

describe('the result of a comparison', () => {
  it('is put together by itself as far as that can be said', () => {
    // The first two lines touch: they are one place, whose words were changed by one side each.
    expect(taken()).toBe('Title\nfifty plots in June\nend\nlast, mine\n');
    expect(tally(compare(texts), new Map())).toEqual({ places: 2, merged: 1, toDecide: 0, putTogether: 1 });
  });

  it('takes what was chosen for a place', () => {
    expect(taken([[0, 'theirs']])).toBe('Title\nforty plots in June\nend\nlast, mine\n');
    expect(taken([[0, 'both']])).toMatch(/^title\nfifty.*\nTitle\nforty/);
    expect(tally(compare(texts), new Map([[0, 'mine']]))).toMatchObject({ merged: 2, putTogether: 0 });
  });

  it('never holds a marker, and keeps mine where words clash', () => {
    const clash = { base: 'in May\n', mine: 'in June\n', theirs: 'in July\n' };
    expect(taken([], clash)).toBe('in June\n');
    expect(tally(compare(clash), new Map())).toMatchObject({ toDecide: 1 });
  });

  it('leaves every difference to decide when there is no common version', () => {
    const apart = { base: null, mine: 'a\nb\n', theirs: 'a\nc\n' };
    expect(compare(apart).map(({ kind }) => kind)).toEqual(['same', 'conflict']);
    expect(taken([], apart)).toBe('a\nb\n');
    expect(taken([[1, 'both']], apart)).toBe('a\nb\nc\n');
  });

  it('has the line ends of this machine’s version', () => {
    const dos = { base: 'a\r\nb\r\n', mine: 'a\r\nB\r\n', theirs: 'A\r\nb\r\n' };
    expect(composeResult(compare(dos), new Map(), dos)).toBe('A\r\nB\r\n');
    expect(withLineEnds('a\nb', dos.mine)).toBe('a\r\nb');
    expect(taken([], { base: 'a', mine: 'b', theirs: 'a' })).toBe('b');
  });
});

describe('the rows of a comparison', () => {
  it('stand level, numbered on each side, with the changed words marked', () => {
    const rows = compareRows(compare({ base: 'a\nforty plots now\nz\n', mine: 'a\nnew\nfifty plots now\nz\n', theirs: 'a\nforty plots now\nz\n' }));
    expect(rows.map(({ mine, base, theirs }) => [mine?.number, base?.number, theirs?.number])).toEqual([
      [1, 1, 1],
      [2, 2, 2],
      [3, undefined, undefined],
      [4, 3, 3],
    ]);
    expect(rows.filter(({ isFirst }) => isFirst).map(({ place }) => place)).toEqual([0, 1, 2]);
  });

  it('are walked from place to place, round and round', () => {
    expect(nextPlace([2, 5], 2, 1)).toBe(5);
    expect(nextPlace([2, 5], 5, 1)).toBe(2);
    expect(nextPlace([2, 5], 2, -1)).toBe(5);
    expect(nextPlace([], null, 1)).toBeNull();
  });
});
