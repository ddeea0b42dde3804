import { describe, expect, it } from 'vitest';
import type { Activity } from '../activity.ts';
import { statusDocument } from '../status-document.ts';
import { ago, SAMPLE_MACHINE, SAMPLE_NOW_MS, sampleFolder, sampleProblem, sampleState } from '../testing/sample-state.ts';
import { activitySentence } from './activity-text.ts';
import { folderSentence, heldChip, serverName } from './folder-text.ts';
import { headline } from './headline.ts';
import { createText } from './text.ts';
import { waitingItems } from './waiting-items.ts';

const text = createText('en', { timeZone: 'UTC' });
const at = { nowMs: SAMPLE_NOW_MS, machineName: SAMPLE_MACHINE };
const theirs = { id: '5d0be77', at: ago(20), message: 'x', machine: 'studio-desktop' };
const pulled: Activity = { at: ago(12), folder: 'notes', what: 'pulled', why: 'xmpp', params: { files: 2 }, paths: ['a', 'b'] };
const conflict = { id: 'c1', folder: 'thesis', path: 'chapter-3.tex', copy: 'chapter-3 (conflict x 1234567).tex', at: ago(60), base: null, mine: { blob: 'a', machine: 'x' }, theirs: { blob: 'b', machine: 'y' }, copySide: 'theirs' as const };

describe('the second line of a row', () => {
  it.each([
    [{}, 'In step. Last change from this machine, 12 s ago'],
    [{ lastCommit: theirs, lastPull: ago(180) }, 'In step. Last change from studio-desktop, 20 s ago'],
    [{ lastCommit: null }, 'In step. No change yet'],
    [{ remote: null }, 'Saved here only: no server is set'],
    [{ conflicts: [conflict, conflict] }, 'In step; 2 files have two versions'],
    [{ phase: 'pushing', ahead: 3 }, 'Pushing 3 changes'],
    [{ phase: 'settling', dirty: true, settlesAt: ago(-2) }, 'Saved; committed in 0:02 if it stays quiet'],
    [{ paused: true, phase: 'paused', pausedUntil: '2026-11-21T18:00:00Z', ahead: 1 }, 'Paused by you until 18:00; one change waits'],
    [{ paused: true, phase: 'paused' }, 'Paused by you'],
    [{ ahead: 2, options: { push: false } }, '2 changes stay here; pushing is switched off'],
    [{ phase: 'awaiting-message', messageRequest: { changes: [], total: 4, proposal: '', draft: null, deadline: ago(-41) } }, '4 files wait for a message; saved without one in 0:41'],
    [{ phase: 'halted', problem: sampleProblem('rebase-in-progress') }, 'You are in the middle of a rebase here; Lockstep goes on by itself after it.'],
    [{ phase: 'retrying', ahead: 4, problem: sampleProblem('offline') }, 'No network; 4 changes wait to be pushed'],
    [{ phase: 'halted', problem: sampleProblem('auth-failed') }, 'attic-server refused the password or key for notes.'],
    [{ notes: [sampleProblem('watch-limit')], problem: sampleProblem('watch-limit') }, 'In step. Last change from this machine, 12 s ago'],
  ] as const)('%j', (over, sentence) => {
    // The rows are written as constants; a folder is changed by nobody.
    expect(folderSentence(text, sampleFolder(over as Parameters<typeof sampleFolder>[0]), at)).toBe(sentence);
  });

  it('says how much came from whom where the log knows', () => {
    expect(folderSentence(text, sampleFolder({ lastCommit: theirs }), { ...at, recent: [pulled] })).toBe('In step. Took 2 files from studio-desktop, 12 s ago');
    const counted = { ...pulled, machine: 'attic', params: { count: 1 } };
    expect(folderSentence(text, sampleFolder(), { ...at, recent: [counted] })).toBe('In step. Took one change from attic, 12 s ago');
  });

  it('leaves what is held back to its chip', () => {
    expect(heldChip(text, sampleFolder())).toBeNull();
    expect(heldChip(text, sampleFolder({ held: [{ path: 'a', code: 'secret-found', params: {} }] }))).toBe('one held back');
  });

  it.each([
    ['git@attic-server:notes', 'attic-server'],
    ['ssh://me@host.example:2222/x', 'host.example'],
    ['https://git.example.org/x.git', 'git.example.org'],
    ['/srv/git/x.git', undefined],
    ['file:///srv/x.git', undefined],
    [null, undefined],
  ])('server of %s', (remote, host) => {
    expect(serverName(remote)).toBe(host);
  });
});

describe('the headline', () => {
  const folders = [
    sampleFolder({ id: 'photos', name: 'photos', phase: 'pushing', ahead: 1 }),
    sampleFolder(),
    sampleFolder({ id: 'thesis', name: 'thesis', conflicts: [conflict] }),
    sampleFolder({ id: 'site', name: 'site', phase: 'halted', problem: sampleProblem('rebase-in-progress') }),
    sampleFolder({ id: 'scores', name: 'scores', phase: 'paused', paused: true }),
  ];

  it('counts what is in step and what waits, and says what the others do', () => {
    expect(headline(text, sampleState({ folders }), SAMPLE_NOW_MS)).toEqual({
      title: '2 of 5 folders are in step. One thing waits for you.',
      detail: 'photos is on its way, site waits for the end of your rebase, scores is paused.',
    });
  });

  it.each([
    ['No folder is watched yet.', {}],
    ['notes is in step.', { folders: [sampleFolder()] }],
    ['All 2 folders are in step.', { folders: [sampleFolder(), sampleFolder({ id: 'b' })] }],
    ['Looking at one folder.', { folders: [sampleFolder()], ready: false }],
    ['Everything is paused until 18:00.', { folders: [sampleFolder({ paused: true, pausedUntil: '2026-11-21T18:00:00Z' })] }],
    ['The server is not reachable; changes are kept and sent later.', { folders: [sampleFolder({ phase: 'retrying', ahead: 1, problem: sampleProblem('offline') })] }],
  ])('can be %s', (title, over) => {
    expect(headline(text, sampleState(over), SAMPLE_NOW_MS).title).toBe(title);
  });
});

describe('what waits for a person', () => {
  it('is one row and one button each, broken things first', () => {
    const folders = [
      sampleFolder({ id: 'guide', name: 'guide', phase: 'awaiting-message', messageRequest: { changes: [], total: 4, proposal: '', draft: null, deadline: ago(-41) } }),
      sampleFolder({ id: 'thesis', name: 'thesis', conflicts: [conflict] }),
      sampleFolder({ id: 'lab', name: 'lab', conflicts: [conflict, conflict] }),
      sampleFolder({ id: 'dot', name: 'dot', held: [{ path: 'env.local', code: 'secret-found', params: { line: 4 } }] }),
      sampleFolder({ id: 'site', name: 'site', phase: 'halted', problem: sampleProblem('auth-failed', { action: 'sign-in' }) }),
      sampleFolder({ id: 'rebasing', phase: 'halted', problem: sampleProblem('rebase-in-progress') }),
    ];
    const items = waitingItems(text, sampleState({ folders }), SAMPLE_NOW_MS);
    expect(items.map(({ kind, folders: of, sentence, button }) => [kind, of.map(({ name }) => name).join(), sentence, button])).toEqual([
      ['broken', 'site', 'attic-server refused the password or key for site.', 'Sign in…'],
      ['conflict', 'thesis,lab', '3 files were changed on two machines; both versions are kept.', 'Compare'],
      ['message', 'guide', '4 changed files would like a message.', 'Write message'],
      ['held', 'dot', 'One file is held back. env.local, line 4, looks like a password or key, so it was not pushed.', 'Decide'],
    ]);
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
  });
});

describe('the status document', () => {
  it('is what INTERFACE.md has', () => {
    const problem = sampleProblem('timeout', { retryAt: ago(-24), params: { seconds: 60 }, action: 'retry' });
    const document = statusDocument(text, sampleState({ folders: [sampleFolder({ phase: 'retrying', problem })] }), SAMPLE_NOW_MS);
    expect(Object.keys(document)).toEqual(expect.arrayContaining(['version', 'home', 'pid', 'folders', 'mirrors', 'exports', 'signal']));
    const [folder] = document.folders;
    const promised = 'id name path vcs branch remote head phase since paused dirty ahead behind conflicts held problem lastCommit lastPush lastPull settings'.split(' ');
    expect(Object.keys(folder ?? {})).toEqual(expect.arrayContaining(promised));
    expect(folder?.problem).toEqual({ code: 'timeout', message: 'attic-server did not answer for 60 s. Nothing is lost; it is tried again.', next: 'Nothing to do: it goes on by itself. “lockstep sync notes” tries at once.', since: ago(60), retryAt: ago(-24), action: 'retry' });
    expect(folder?.settings).toMatchObject({ 'commit-delay': 2, 'max-file-size': 100_000_000, conflicts: 'keep-both' });
    expect(statusDocument(text, sampleState({ pid: 0 }), SAMPLE_NOW_MS).pid).toBeNull();
  });
});

describe('the reason in the log', () => {
  const why = (entry: Partial<Activity>) => activitySentence(text, { at: ago(5), folder: 'notes', what: 'problem', why: 'rule', params: {}, paths: [], ...entry }, 'notes').why;

  it('of a problem is what ends it, never a rule of the folder', () => {
    expect(why({ code: 'rebase-in-progress' })).toBe('It waits until you are done, or have decided.');
    expect(why({ code: 'remote-gone' })).toBe('Until it is mended, what is saved stays here.');
    expect(why({ code: 'timeout' })).toBe('It is tried again by itself.');
    expect(why({ what: 'resumed' })).toBe('The time of the pause was over.');
    expect(why({ what: 'held', code: 'secret-found' })).toBe('A rule of this folder says so; the rest went on.');
  });
});
