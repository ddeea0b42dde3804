import { describe, expect, it } from 'vitest';
import type { FolderState } from '../../shared/app-state.ts';
import { folderFixture, fullState } from '../testing/fixtures.ts';
import { changeWay } from './change-way.ts';

const way = (part: Partial<FolderState> = {}, state: Partial<typeof fullState> = {}) =>
  changeWay(folderFixture('dotfiles', part), { ...fullState, ...state })
    .map(({ kind, state, machine }) => `${machine ?? kind} ${state}`)
    .join(', ');

const problem = (code: NonNullable<FolderState['problem']>['code']) => ({ code, params: {}, since: '2026-11-21T15:00:00.000Z' });

describe('the way of a change', () => {
  it('is done up to each machine that has it', () => {
    expect(way()).toBe('saved done, settled done, committed done, pushed done, signalled done, studio-desktop done, attic-server done');
  });

  it.each<[string, Partial<FolderState>, string]>([
    ['settling', { phase: 'settling', dirty: true }, 'saved done, settled now, committed ahead, pushed ahead, signalled ahead'],
    ['asking for a message', { phase: 'awaiting-message', dirty: true }, 'saved done, settled done, committed waits, pushed ahead, signalled ahead'],
    ['committing', { phase: 'committing' }, 'saved done, settled done, committed now, pushed ahead, signalled ahead'],
    ['pushing', { phase: 'pushing', ahead: 2 }, 'saved done, settled done, committed done, pushed now, signalled ahead'],
    ['halted before the push', { phase: 'halted', ahead: 2 }, 'saved done, settled done, committed done, pushed waits, signalled ahead'],
    ['without a server', { remote: null, ahead: 1 }, 'saved done, settled done, committed done, pushed off, signalled ahead'],
  ])('%s', (_name, part, steps) => {
    expect(way(part)).toContain(steps);
  });

  it('goes on without signals, and is empty before the first change', () => {
    const { signal } = fullState;
    expect(way({}, { signal: { ...signal, xmpp: { ...signal.xmpp, state: 'off' } } })).toContain('signalled off');
    expect(changeWay(folderFixture('new', { lastCommit: null }), fullState)).toEqual([]);
  });

  it('says that it was quiet only of a change that the log knows to have waited here', () => {
    expect(way({}, { recent: [] })).toContain('saved done, committed done, pushed done');
  });

  it.each<[string, Partial<FolderState>, string]>([
    ['asked about', { phase: 'halted', ahead: 2, problem: problem('remote-rewritten') }, 'pushed waits'],
    ['broken', { phase: 'halted', ahead: 2, problem: problem('auth-failed') }, 'pushed broken'],
    ['asked about before the commit', { phase: 'halted', dirty: true, problem: problem('mass-change') }, 'committed waits'],
    ['gone: what was changed in it is not known', { phase: 'halted', dirty: true, problem: problem('root-missing') }, 'committed done'],
  ])('%s', (_name, part, steps) => {
    expect(way(part)).toContain(steps);
  });
});
