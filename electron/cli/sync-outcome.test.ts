import { expect, it } from 'vitest';
import { sampleFolder, sampleProblem } from '../../shared/testing/sample-state.ts';
import { syncOutcome } from './sync-outcome.ts';

const side = { blob: 'a', machine: 'thinkpad' };
const conflict = { id: 'c', folder: 'notes', path: 'a', copy: 'b', at: '2026-01-01T00:00:00.000Z', base: null, mine: side, theirs: side, copySide: 'theirs' as const };
const withConflict = (conflicts: 'ask' | 'keep-both') => sampleFolder({ phase: 'conflicted', dirty: false, ahead: 0, behind: 0, problem: null, conflicts: [conflict], options: { conflicts } });

it('is not in step with a server that there is not, or with one that is ahead', () => {
  const alone = sampleFolder({ remote: null, problem: sampleProblem('no-remote') });
  expect(syncOutcome(alone)).toEqual({ inStep: false, code: 'no-remote', exitCode: 1 });
  expect(syncOutcome({ ...alone, phase: 'halted' })).toEqual({ inStep: false, code: 'no-remote', exitCode: 6 });
  expect(syncOutcome(sampleFolder({ behind: 1, options: { pull: false } }))).toEqual({ inStep: false, code: 'not-in-step', exitCode: 1 });
});

it('leaves an open conflict to the person only where the folder is to ask', () => {
  expect(syncOutcome(withConflict('keep-both'))).toEqual({ inStep: true });
  expect(syncOutcome(withConflict('ask'))).toEqual({ inStep: false, code: 'needs-decision', exitCode: 6 });
});
