import { describe, expect, it } from 'vitest';
import { checkCases, complaintAbout } from '../../../electron/engine/testing/planner/check-cases.ts';
import { caseOf } from '../../../electron/engine/testing/planner/merge-case.ts';
import { shrinkCase } from '../../../electron/engine/testing/planner/shrink-case.ts';
import { showCase } from '../../../electron/engine/testing/planner/show-case.ts';
import { plannerPart } from './planner-part.ts';
import { PLANTED_FAULTS } from './planted-faults.ts';

const SEED = 1;

describe('the planner, tortured', () => {
  it('passes, and shows figures', async () => {
    const part = plannerPart((share) => Promise.resolve(checkCases(share)));
    const result = await part.run({ seed: SEED, scale: 0.02, directory: '', say: () => undefined });
    expect(result).toMatchObject({ lost: 0, failures: [] });
    expect(result.figures[0]?.value).toMatch(/^20000 in /);
    expect(result.figures.at(-1)?.value).toMatch(new RegExp(`^${PLANTED_FAULTS.length} of ${PLANTED_FAULTS.length}, `));
  });

  it('would have failed, with the case to see it by', async () => {
    const [fault] = PLANTED_FAULTS;
    const part = plannerPart((share) => Promise.resolve(checkCases(share, { tried: fault?.tried ?? {} as never })));
    const result = await part.run({ seed: SEED, scale: 0.001, directory: '', say: () => undefined });
    expect(result.failures[0]).toMatch(/^case 1:\d+: not so: /);
  });
});

describe('a planner that', () => {
  it.each(PLANTED_FAULTS)('$fault is caught, on a small case', ({ tried }) => {
    const found = checkCases({ seed: SEED, from: 0, count: 5_000 }, { tried });
    if (!found) throw new Error('not caught');
    const smallest = shrinkCase(caseOf(SEED, found.number), (smaller) => complaintAbout(smaller, { tried }) !== null);
    expect(showCase(smallest).split('\n').length).toBeLessThanOrEqual(5);
    expect(complaintAbout(smallest)).toBeNull();
  });
});
