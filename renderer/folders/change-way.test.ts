import { describe, expect, it } from 'vitest';
import type { FolderState } from '../../shared/app-state.ts';
import { folderFixture, fullState } from '../testing/fixtures.ts';
import { changeWay } from './change-way.ts';

const way = (part: Partial<FolderState> = {}, signal = fullState.signal) =>
  changeWay(folderFixture('dotfiles', part), fullState.machines, signal)
    .map(({ kind, state, machine }) => `${machine ?? kind} ${state}`)
    .join(', ');

describe('the way of a change', () => {
  it('is done up to each machine that has it', () => {
    expect(way()).toBe('saved done, settled done, committed done, pushed done, signalled done, studio-desktop done, attic-server done');
  });

  it.each<[string, Partial<FolderState>, string]>([
    ['settling', { phase: 'settling', dirty: true }, 'saved done, settled now, committed ahead, pushed ahead, signalled ahead'],
    ['asking for a message', { phase: 'awaiting-message', dirty: true }, 'saved done, settled done, committed waits, pushed ahead, signalled ahead'],
    ['committing', { phase: 'committing' }, 'saved done, settled done, committed now, pushed ahead, signalled ahead'],
    ['pushing', { phase: 'pushing', ahead: 2 }, 'saved done, settled done, committed done, pushed now, signalled ahead'],
    ['halted before the push', { phase: 'halted', ahead: 2 }, 'saved done, settled done, committed done, pushed broken, signalled ahead'],
    ['without a server', { remote: null, ahead: 1 }, 'saved done, settled done, committed done, pushed off, signalled ahead'],
  ])('%s', (_name, part, steps) => {
    expect(way(part)).toContain(steps);
  });

  it('goes on without signals, and is empty before the first change', () => {
    const { signal } = fullState;
    expect(way({}, { ...signal, xmpp: { ...signal.xmpp, state: 'off' } })).toContain('signalled off');
    expect(changeWay(folderFixture('new', { lastCommit: null }), [], signal)).toEqual([]);
  });
});
