import { describe, expect, it } from 'vitest';
import { repoPathFromText } from '../repo-path.ts';
import { massChange, mayBeMassChange, touchedByStatus, touchedByTree } from './brakes.ts';

describe('mass-change brake', () => {
  it.each([
    [{ deleted: 21, modified: 0 }, 40, 'mass-change'],
    [{ deleted: 10, modified: 11 }, 41, 'mass-change'],
    [{ deleted: 21, modified: 0 }, 42, undefined],
    [{ deleted: 20, modified: 0 }, 39, undefined],
    [{ deleted: 19, modified: 0 }, 21, undefined],
    [{ deleted: 5, modified: 0 }, 5, 'root-emptied'],
    [{ deleted: 1, modified: 0 }, 1, undefined],
    [{ deleted: 0, modified: 0 }, 0, undefined],
  ])('%j of %i files: %s', (counts, tracked, code) => {
    expect(massChange(counts, tracked)?.code).toBe(code);
    if (code) expect(mayBeMassChange(counts)).toBe(true);
  });
});

describe('a renamed directory', () => {
  const entry = (id: number) => ({ mode: '100644' as const, id: `${id}` });
  const numbers = Array.from({ length: 100 }, (_, number) => number);
  const moved = numbers.flatMap((number) => [
    { path: repoPathFromText(`old/${number}`), before: entry(number), after: null },
    { path: repoPathFromText(`new/${number}`), before: null, after: entry(number) },
  ]);

  it('is no loss: its contents lie under other names', () => {
    expect(touchedByTree(moved)).toEqual({ deleted: 0, modified: 0 });
    const changes = moved.map(({ path, after }) => ({ path, change: after ? ('added' as const) : ('deleted' as const) }));
    expect(touchedByStatus({ changes, nested: [], staged: 0, unreadable: [] }).deleted).toBe(0);
  });

  it('is a loss where other contents came instead', () => {
    const replaced = moved.map((change) => (change.after ? { ...change, after: entry(-1) } : change));
    expect(massChange(touchedByTree(replaced), 100)?.code).toBe('root-emptied');
  });
});
