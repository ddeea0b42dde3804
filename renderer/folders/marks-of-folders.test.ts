import { describe, expect, it } from 'vitest';
import type { FolderState } from '../../shared/app-state.ts';
import { conflictFixture, folderFixture } from '../testing/fixtures.ts';
import { folderMark, sidebarMark } from '../../shared/folder-mark.ts';
import { markDelayMs } from './use-steady-mark.ts';

const problem = (code: NonNullable<FolderState['problem']>['code']) => ({ code, params: {}, since: '2026-11-21T15:00:00.000Z' });

describe('the mark of a folder', () => {
  it.each<[Partial<FolderState>, string]>([
    [{}, 'in-step'],
    [{ phase: 'settling' }, 'settling'],
    [{ phase: 'committing' }, 'saving'],
    [{ phase: 'awaiting-message' }, 'message'],
    [{ phase: 'conflicted' }, 'conflict'],
    [{ conflicts: [conflictFixture('c', 'notes', 'a.md')] }, 'conflict'],
    [{ phase: 'retrying', problem: problem('offline') }, 'offline'],
    [{ phase: 'retrying', problem: problem('timeout') }, 'retrying'],
    [{ phase: 'halted', problem: problem('mass-change') }, 'waits'],
    [{ phase: 'halted', problem: problem('auth-failed') }, 'stopped'],
    [{ phase: 'paused', problem: problem('auth-failed') }, 'paused'],
    [{ phase: 'pushing', problem: problem('watch-limit') }, 'pushing'],
    [{ remote: null, problem: problem('no-remote') }, 'offline'],
    [{ remote: null, phase: 'committing', problem: problem('no-remote') }, 'saving'],
    [{ problem: problem('no-remote') }, 'stopped'],
  ])('%j: %s', (part, mark) => {
    expect(folderMark(folderFixture('notes', part))).toBe(mark);
  });

  it('is not shown in the sidebar while nothing needs a look', () => {
    expect(sidebarMark(folderFixture('notes'))).toBeNull();
    expect(sidebarMark(folderFixture('notes', { held: [{ path: 'a', code: 'secret-found', params: {} }] }))).toBe('held');
  });

  it('shows work after 300 ms, keeps it 600 ms, and everything else at once', () => {
    expect(markDelayMs('in-step', 'pushing', 0)).toBe(300);
    expect(markDelayMs('pushing', 'in-step', 100)).toBe(500);
    expect(markDelayMs('pushing', 'in-step', 900)).toBe(0);
    expect(markDelayMs('in-step', 'stopped', 0)).toBe(0);
  });
});
