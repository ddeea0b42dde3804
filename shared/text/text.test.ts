import { describe, expect, it } from 'vitest';
import { ACTIVITY_KINDS, ACTIVITY_REASONS, type Activity } from '../activity.ts';
import { FAILURE_CODES } from '../failure.ts';
import { MIRROR_CODES } from '../mirror-problem.ts';
import { MIRROR_STATES } from '../mirror.ts';
import { FOLDER_PHASES } from '../phase.ts';
import { PROBLEM_CODES } from '../problem.ts';
import { activitySentence, pathList } from './activity-text.ts';
import { mirrorNextStep, mirrorProblemButton, mirrorProblemSentence, mirrorStateWord } from './mirror-text.ts';
import { failureSentence, heldSentence, phaseWord, problemButton, problemSentence } from './problem-text.ts';
import { nextStep } from './next-step.ts';
import { createText } from './text.ts';

const text = createText('en', { timeZone: 'UTC' });
const now = '2026-11-21T16:42:00.000Z';
const nowMs = Date.parse(now);
const entry = (over: Partial<Activity>): Activity => ({ at: now, folder: 'notes', what: 'pushed', why: 'quiet', params: {}, paths: [], ...over });

const DISLIKED = /\{\{|\berror\b|failed to|please|oops|successfully|undefined|NaN/i;

describe('the English catalogue', () => {
  it.each(PROBLEM_CODES)('has a sentence and a button for %s, with nothing known about it', (code) => {
    const sentence = problemSentence(text, { code, params: {}, path: 'a/b', since: now }, { nowMs });
    expect(sentence).toMatch(/^\S.*[.”]$/);
    expect(sentence).not.toMatch(DISLIKED);
    expect(problemButton(text, { code })).toMatch(/^[A-Z]/);
    expect(heldSentence(text, { path: 'x', code, params: {} })).not.toMatch(DISLIKED);
  });

  it.each(PROBLEM_CODES)('has a next step for %s, with everything known and with nothing', (code) => {
    const known = nextStep(text, { code, path: "it's.txt", params: { bytes: 7, branch: 'main', present: 'other', file: '/x/index.lock' } }, { id: 'notes', path: '/home/me/my notes', remoteName: 'origin' });
    for (const step of [known, nextStep(text, { code, params: {} }, null)]) {
      expect(step).toMatch(/^\S.*\.$/);
      expect(step).not.toMatch(DISLIKED);
    }
  });

  it('shows what would turn the direction of a sentence, or steer whatever shows it', () => {
    expect(heldSentence(text, { path: 'gpj\u202e.exe', code: 'file-too-large', params: {} })).toMatch(/^gpj\\u202e\.exe /);
    expect(text.t('window.message.title', { name: 'a\x1b[2J' })).toContain('a\\x1b[2J');
  });

  it.each(FAILURE_CODES)('has a sentence for the failure %s', (code) => {
    const sentence = failureSentence(text, code);
    expect(sentence).toMatch(/\.$/);
    expect(sentence).not.toMatch(DISLIKED);
  });

  it.each(MIRROR_CODES)('has a sentence, a button and a step for the mirror problem %s', (code) => {
    const known = { server: 'forge.example', account: 'work', count: 3, total: 9, branch: 'main', repository: 'x', refs: 4, path: '/srv/m', bytes: 9, freeBytes: 3, name: 'a', twin: 'A', detail: 'no', owner: 'o', until: now, seconds: 60, tool: 'git-lfs' };
    for (const params of [{}, known]) {
      const sentence = mirrorProblemSentence(text, { code, params }, { nowMs, mirror: 'm' });
      expect(sentence).toMatch(/^\S.*[.?]$/);
      expect(sentence).not.toMatch(DISLIKED);
      expect(mirrorNextStep(text, { code, params }, { mirror: 'm', repository: 'x' })).toMatch(/^\S.*\.$/);
      expect(mirrorProblemButton(text, { code })).toMatch(/^[A-Z]/);
    }
  });

  it.each(MIRROR_STATES)('has a word for a mirror that is %s', (state) => {
    expect(mirrorStateWord(text, state)).toMatch(/^[A-Z][a-z ]+$/);
  });

  it.each(FOLDER_PHASES)('has a word for %s', (phase) => {
    expect(phaseWord(text, phase)).toMatch(/^[A-Z][a-z ]+$/);
  });

  it.each(ACTIVITY_KINDS.flatMap((what) => ACTIVITY_REASONS.map((why) => [what, why] as const)))('says %s because of %s', (what, why) => {
    const words = activitySentence(text, entry({ what, why }), 'notes');
    expect(`${words.sentence} ${words.why}`).not.toMatch(DISLIKED);
    expect(words.sentence).toMatch(/\.$/);
    expect(words.why).toMatch(/\.$/);
  });
});

describe('sentences', () => {
  it('name what is known', () => {
    const large = { path: 'fonts/archive.tar', code: 'file-too-large' as const, params: { bytes: 312_000_000, limit: 100_000_000 } };
    expect(heldSentence(text, large)).toBe('fonts/archive.tar is 312 MB; the limit for this folder is 100 MB.');
    const timeout = { code: 'timeout' as const, params: { seconds: 60 }, since: now, retryAt: '2026-11-21T16:42:24.000Z' };
    expect(problemSentence(text, timeout, { nowMs, server: 'attic-server' })).toBe('attic-server did not answer for 60 s. Nothing is lost; it is tried again. Next try in 0:24.');
  });

  it('count down only to what helps by itself', () => {
    const emptied = { code: 'root-emptied' as const, params: {}, since: now, retryAt: '2026-11-21T16:42:24.000Z' };
    expect(problemSentence(text, emptied, { nowMs })).toBe('The folder is suddenly empty. Nothing was pushed.');
  });

  it('count as the language counts', () => {
    expect(failureSentence(text, 'changes-staged', { files: 1 })).toBe('You have staged a file yourself; it waits for your commit.');
    expect(failureSentence(text, 'changes-staged', { files: 2 })).toBe('You have staged 2 files yourself; they wait for your commit.');
  });

  it('tell what was done, from the log', () => {
    const took = activitySentence(text, entry({ what: 'pulled', why: 'xmpp', machine: 'studio-desktop', params: { count: 2 } }), 'notes');
    expect(took).toEqual({ sentence: 'Took 2 changes to notes from studio-desktop.', why: 'Its signal came by XMPP.' });
    const held = activitySentence(text, entry({ what: 'held', why: 'rule', code: 'file-too-large', paths: ['a.tar'], params: { bytes: 2000, limit: 1000 } }), 'notes');
    expect(held.sentence).toBe('a.tar is 2 kB; the limit for this folder is 1 kB.');
  });

  it('do not take a file name for a phrase', () => {
    expect(heldSentence(text, { path: '$t(waiting.program) {{path}} <b>&', code: 'nested-repository', params: {} })).toBe('$t(waiting.program) {{path}} <b>& is a repository of its own and was left out.');
  });

  it('name places as a shell takes them', () => {
    const unreadable = { code: 'unreadable-path' as const, params: {}, path: "it's.txt" };
    expect(nextStep(text, unreadable, { id: 'notes', path: '/home/me/my notes', remoteName: null })).toContain(String.raw`“chmod u+r '/home/me/my notes/it'\''s.txt'”`);
  });

  it('a stopped folder and one that asks have different words', () => {
    expect(phaseWord(text, 'halted', { code: 'auth-failed' })).toBe('Stopped');
    expect(phaseWord(text, 'halted', { code: 'mass-change' })).toBe('Waits for you');
  });
});

describe('pathList', () => {
  it.each([
    [['a'], 1, 'a'],
    [['a', 'b'], 2, 'a and b'],
    [['a', 'b', 'c'], 3, 'a, b and c'],
    [['a', 'b', 'c', 'd'], 4, 'a, b, c and 1 more'],
    [['a', 'b'], 9, 'a, b and 7 more'],
  ])('%j of %i', (paths, total, words) => {
    expect(pathList(text, paths, total)).toBe(words);
  });
});

it('an unknown language reads English', () => {
  expect(createText('tlh').t('folders.phase.watching')).toBe('In step');
});
