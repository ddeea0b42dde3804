import { describe, expect, it } from 'vitest';
import { sampleRepository } from '../../shared/testing/sample-mirror.ts';
import { DAY_S, NOW_MS, ago } from '../testing/times.ts';
import { backupsByDay } from './backups-by-day.ts';
import { cellAfter } from './matrix-moves.ts';
import { jumpTo, matcher } from './repository-filter.ts';
import { shade } from './shade.ts';

describe('moving in the matrix', () => {
  // Rows of ten: 0-9, 10-19, 20-22.
  const grid = { count: 23, columns: 10 };
  it.each([
    ['ArrowRight', 9, 10],
    ['ArrowRight', 22, 22],
    ['ArrowLeft', 10, 9],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 3, 13],
    ['ArrowDown', 15, 22],
    ['ArrowDown', 21, 21],
    ['ArrowUp', 15, 5],
    ['ArrowUp', 5, 5],
    ['Home', 17, 10],
    ['End', 12, 19],
    ['End', 20, 22],
    ['PageDown', 1, 22],
    ['PageUp', 22, 0],
  ])('%s from %i leads to %i', (key, from, to) => expect(cellAfter(key, from, grid)).toBe(to));

  it('goes to the ends of all with Ctrl, and leaves other keys alone', () => {
    expect(cellAfter('Home', 17, grid, true)).toBe(0);
    expect(cellAfter('End', 3, grid, true)).toBe(22);
    expect(cellAfter('q', 3, grid)).toBeNull();
  });
});

describe('finding a repository', () => {
  const names = (typed: string) => ['api', 'lib-storage', 'Lib-api', 'storage-lib'].filter((name) => matcher({ typed, states: new Set() })(sampleRepository({ name })));

  it('by any part of its name, in either case, and with a star for what is between', () => {
    expect(names('')).toHaveLength(4);
    expect(names('LIB')).toEqual(['lib-storage', 'Lib-api', 'storage-lib']);
    expect(names('lib*a')).toEqual(['lib-storage', 'Lib-api']);
    expect(names('stor*lib')).toEqual(['storage-lib']);
    expect(names('nothing')).toEqual([]);
  });

  it('takes a hostile pattern in its stride', () => {
    const matches = matcher({ typed: '*a'.repeat(500), states: new Set() });
    expect(matches(sampleRepository({ name: 'b'.repeat(100_000) }))).toBe(false);
  });

  it('by state too', () => {
    const matches = matcher({ typed: 'a', states: new Set(['empty'] as const) });
    expect(matches(sampleRepository({ name: 'a' }))).toBe(false);
    expect(matches(sampleRepository({ name: 'a', state: 'empty' }))).toBe(true);
  });

  it('jumps to the next that begins so, else to one that holds it', () => {
    const all = ['api', 'atlas', 'lib', 'maps', 'atlas-2'];
    expect(jumpTo(all, 0, 'at')).toBe(1);
    expect(jumpTo(all, 2, 'at')).toBe(4);
    expect(jumpTo(all, 5 % all.length, 'ap')).toBe(0);
    expect(jumpTo(all, 0, 'ib')).toBe(2);
    expect(jumpTo(all, 0, 'zz')).toBe(-1);
    expect(jumpTo([], 1, 'a')).toBe(-1);
  });
});

describe('pictures of time', () => {
  it('shade what moved lately', () => {
    expect([null, ago(3600), ago(3 * DAY_S), ago(20 * DAY_S), ago(400 * DAY_S)].map((at) => shade(at, NOW_MS))).toEqual(['0', '3', '2', '1', '0']);
  });

  it('count backups by day, and leave out older ones', () => {
    expect(backupsByDay([{ at: ago(60) }, { at: ago(DAY_S) }, { at: ago(DAY_S) }, { at: ago(9 * DAY_S) }], NOW_MS, 3)).toEqual([0, 2, 1]);
  });
});
