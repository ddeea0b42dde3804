import { describe, expect, it } from 'vitest';
import { massChange, mayBeMassChange } from './brakes.ts';

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
