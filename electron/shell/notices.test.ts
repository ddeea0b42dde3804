import { describe, expect, it } from 'vitest';
import type { FolderState } from '../../shared/app-state.ts';
import { createText } from '../../shared/text/text.ts';
import { NoticeBoard, notices } from './notices.ts';
import { sampleConflict, sampleFolder, sampleProblem, sampleRequest, sampleState } from './testing/sample-state.ts';

const text = createText('en', { timeZone: 'UTC' });
const calm = sampleFolder('notes');
const torn = (...paths: string[]) => ({ ...calm, conflicts: paths.map((path) => sampleConflict('notes', path)) });
const refused = sampleFolder('notes', { phase: 'halted', problem: sampleProblem('auth-failed', { retryAt: '2026-11-21T17:00:00.000Z' }) });

/** Feeds one state of the folder after the other and gives what each of them announced and withdrew. */
function play(...states: (FolderState | null)[]) {
  const board = new NoticeBoard(text);
  return states.map((folder) => {
    const { announce, withdraw } = board.update(folder ? sampleState([folder]) : sampleState([calm], { ready: false }), false);
    return [...announce.map(({ body }) => body), ...withdraw.map((key) => `-${key}`)];
  });
}

describe('notifications', () => {
  it('announce a conflict once, again with the next one, and go when it is resolved', () => {
    const [, ...told] = play(calm, torn('a'), torn('a'), torn('a', 'b'), torn('b'), calm, torn('a'));
    expect(told).toEqual([
      ['a was changed on two machines; both versions are kept.'],
      [],
      ['2 files were changed on two machines; both versions are kept.'],
      [],
      ['-conflict:notes'],
      ['a was changed on two machines; both versions are kept.'],
    ]);
  });

  it('do not repeat what waited before the program was ready', () => {
    expect(play(null, torn('a'), torn('a', 'b'))).toEqual([[], [], ['2 files were changed on two machines; both versions are kept.']]);
  });

  it('do not come again each time a halted step is tried', () => {
    const trying = sampleFolder('notes', { phase: 'pulling' });
    expect(play(calm, refused, trying, refused, trying, calm, refused).map((told) => told.length)).toEqual([0, 1, 0, 0, 0, 1, 1]);
  });

  it('say nothing of what goes on by itself, or of what is paused', () => {
    const offline = sampleFolder('notes', { phase: 'retrying', problem: sampleProblem('offline') });
    const rebasing = sampleFolder('notes', { problem: sampleProblem('rebase-in-progress') });
    expect(play(calm, offline, rebasing, { ...refused, paused: true }, { ...torn('a'), paused: true }).flat()).toEqual([]);
  });

  it('name no time left, and open the matter', () => {
    const [auth] = notices(text, sampleState([refused]), false);
    expect(auth).toMatchObject({ title: 'notes', body: 'attic-server refused the password or key for notes.', place: { view: 'folder', id: 'notes' } });
    const [conflict] = notices(text, sampleState([torn('a')]), false);
    expect(conflict?.place).toEqual({ view: 'conflicts', id: 'notes', conflict: 'notes:a' });
  });

  it('ask for a message only where the popup cannot', () => {
    const asking = sampleState([sampleFolder('guide', { phase: 'awaiting-message', messageRequest: sampleRequest })]);
    expect(notices(text, asking, false)).toEqual([]);
    expect(notices(text, asking, true).map(({ place }) => place)).toEqual([{ view: 'message', id: 'guide' }]);
  });
});
