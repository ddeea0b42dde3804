import { describe, expect, it } from 'vitest';
import { ago, folderFixture, fullState } from '../testing/fixtures.ts';
import { allDays } from './all-days.ts';
import { machinesInOrder, standing } from './machine-standing.ts';

const [self, other] = fullState.machines;
if (!self || !other) throw new Error('the fixture has two machines');

describe('how far a machine is', () => {
  it('compares this one with the server, and another with what is here', () => {
    expect(standing(self, folderFixture('notes', { ahead: 1 }))).toBe('ahead');
    expect(standing(self, folderFixture('notes', { behind: 1 }))).toBe('behind');
    expect(standing(self, folderFixture('notes'))).toBe('same');
    expect(standing(other, folderFixture('notes'))).toBe('same');
    expect(standing(other, folderFixture('notes', { head: 'f'.repeat(40) }))).toBe('later');
    expect(standing(other, folderFixture('unheard'))).toBe('unknown');
  });

  it('knows that a machine has what it made itself, whatever it said', () => {
    const [head, at, message] = ['f'.repeat(40), ago(5), 'Edit'];
    expect(standing(other, folderFixture('notes', { head, lastCommit: { id: head, at, message, machine: other.name } }))).toBe('same');
    expect(standing(other, folderFixture('notes', { head, lastCommit: { id: head, at, message, machine: 'a third' } }))).toBe('later');
  });

  it('puts this machine first, then who was heard last', () => {
    expect(machinesInOrder(fullState).map(({ name }) => name)).toEqual(['thinkpad', 'studio-desktop', 'attic-server', 'travel-book']);
  });
});

describe('the days of all folders together', () => {
  it('line up at today, also where a folder is younger', () => {
    const days = [{ days: { mine: [1, 2, 3], others: [0, 0, 1] } }, { days: { mine: [5], others: [4] } }];
    expect(allDays(days)).toEqual({ mine: [1, 2, 8], others: [0, 0, 5] });
    expect(allDays([])).toEqual({ mine: [], others: [] });
  });
});
