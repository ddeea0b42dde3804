import { describe, expect, it } from 'vitest';
import type { FolderState } from '../../shared/app-state.ts';
import { createText } from '../../shared/text/text.ts';
import { sampleProblem } from '../../shared/testing/sample-state.ts';
import { NoticeBoard, notices, type NoticeMemory } from './notices.ts';
import { sampleMirrorOf, sampleMirrorProblem, sampleRepository } from '../../shared/testing/sample-mirror.ts';
import { sampleConflict, sampleRequest, shellFolder, shellState } from './testing/sample-state.ts';

const text = createText('en', { timeZone: 'UTC' });
const calm = shellFolder('notes');
const torn = (...paths: string[]) => ({ ...calm, conflicts: paths.map((path) => sampleConflict('notes', path)) });
const refused = shellFolder('notes', { phase: 'halted', problem: sampleProblem('auth-failed', { retryAt: '2026-11-21T17:00:00.000Z' }) });

const nobody: ReadonlySet<string> = new Set();
const MINUTE_MS = 60_000;

/** What is kept from run to run, as a file would. */
function keptMemory(): NoticeMemory {
  let kept: ReadonlyMap<string, readonly string[]> | null = null;
  return { read: () => kept, write: (known) => (kept = known) };
}

/** Feeds one state of the folder after the other, each a minute later, and gives what each of them announced and withdrew. */
function play(...states: (FolderState | null)[]) {
  return playOn(keptMemory(), 1, ...states);
}

function playOn(memory: NoticeMemory, pid: number, ...states: (FolderState | null)[]) {
  const board = new NoticeBoard(text, memory);
  return states.map((folder, at) => {
    const state = folder ? shellState([folder], { pid }) : shellState([calm], { ready: false });
    const { announce, withdraw } = board.update(state, nobody, pid * 60 * MINUTE_MS + at * MINUTE_MS);
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
    const trying = shellFolder('notes', { phase: 'pulling' });
    expect(play(calm, refused, trying, refused, trying, calm, refused).map((told) => told.length)).toEqual([0, 1, 0, 0, 0, 1, 1]);
  });

  it('are not repeated by a start: neither the old problem that is found again, nor the old conflict beside a new one', () => {
    const memory = keptMemory();
    expect(playOn(memory, 1, calm, refused, torn('a')).flat()).toHaveLength(3);
    expect(playOn(memory, 2, calm, calm, torn('a'), torn('a', 'b')).map((told) => told.length)).toEqual([0, 0, 0, 1]);
    // Settled while nobody looked, and back much later: that is a new matter.
    const later = [calm, calm, calm, calm, calm, calm, torn('a', 'b')];
    expect(playOn(memory, 3, ...later).flat()).toEqual(['-conflict:notes', '2 files were changed on two machines; both versions are kept.']);
  });

  it('are not repeated when only the engine was started again', () => {
    const memory = keptMemory();
    const board = new NoticeBoard(text, memory);
    const tell = (pid: number, folder: FolderState) => board.update(shellState([folder], { pid }), nobody, 0).announce.length;
    expect([tell(1, calm), tell(1, refused), tell(2, calm), tell(2, refused)]).toEqual([0, 1, 0, 0]);
  });

  it('say nothing of what goes on by itself, or of what is paused', () => {
    const offline = shellFolder('notes', { phase: 'retrying', problem: sampleProblem('offline') });
    const rebasing = shellFolder('notes', { problem: sampleProblem('rebase-in-progress') });
    expect(play(calm, offline, rebasing, { ...refused, paused: true }, { ...torn('a'), paused: true }).flat()).toEqual([]);
  });

  it('name no time left, and open the matter', () => {
    const [auth] = notices(text, shellState([refused]), nobody);
    expect(auth).toMatchObject({ title: 'notes', body: 'attic-server refused the password or key for notes.', place: { view: 'folder', id: 'notes' } });
    const [conflict] = notices(text, shellState([torn('a')]), nobody);
    expect(conflict?.place).toEqual({ view: 'conflicts', id: 'notes', conflict: 'notes:a' });
  });

  it('ask for a message only where the popup cannot', () => {
    const asking = shellState([shellFolder('guide', { phase: 'awaiting-message', messageRequest: sampleRequest })]);
    expect(notices(text, asking, nobody)).toEqual([]);
    expect(notices(text, asking, new Set(['other']))).toEqual([]);
    expect(notices(text, asking, new Set(['guide'])).map(({ place }) => place)).toEqual([{ view: 'message', id: 'guide' }]);
  });
});

describe('notifications of mirrors', () => {
  const waits = (...names: string[]) => names.map((name) => sampleRepository({ name, state: 'unavailable', problem: sampleMirrorProblem('remote-gone') }));
  /** One state after the other, given by the repositories that wait in its one mirror; null: a run is on. */
  const playMirrors = (...states: (readonly string[] | null)[]) => {
    const board = new NoticeBoard(text, keptMemory());
    return states.map((names, at) => {
      const { repos: _repos, ...mirror } = sampleMirrorOf(waits(...(names ?? [])), names === null ? { running: { done: 0, total: 1, now: [] } } : {});
      const { announce, withdraw } = board.update(shellState([calm], { mirrors: [mirror] }), nobody, 60 * MINUTE_MS + at * MINUTE_MS);
      return [...announce.map(({ title, body, place }) => `${title}: ${body} ${JSON.stringify(place)}`), ...withdraw];
    });
  };

  it('come once for what waits, again only when another repository waits, and lead there', () => {
    const [, one, again, two, fewer, none] = playMirrors([], ['a'], ['a'], ['a', 'b'], ['b'], []);
    expect(one).toEqual(['tidepool on GitHub: The server says that it is not there, or that this account may not see it. Your copy is whole. {"view":"mirrors","id":"tidepool","repo":"a"}']);
    expect([again, fewer]).toEqual([[], []]);
    expect(two).toEqual(['tidepool on GitHub: a and b wait for you. {"view":"mirrors","id":"tidepool"}']);
    expect(none).toEqual(['mirror:tidepool']);
  });

  it('stay while the next run looks again', () => {
    expect(playMirrors([], ['a'], null, ['a']).slice(2)).toEqual([[], []]);
  });
});
