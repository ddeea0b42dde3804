import { describe, expect, it } from 'vitest';
import { sampleMirror, sampleMirrorOf, sampleMirrorProblem, sampleRepository } from '../testing/sample-mirror.ts';
import { ago, SAMPLE_NOW_MS, sampleState } from '../testing/sample-state.ts';
import type { MirroredRepository, MirrorSummary } from '../mirror.ts';
import { headline } from './headline.ts';
import { mirrorHeadline } from './mirror-headline.ts';
import { createText } from './text.ts';
import { waitingItems } from './waiting-items.ts';

const text = createText('en', { timeZone: 'UTC' });
const summary = (repos: readonly MirroredRepository[], over: Partial<MirrorSummary> = {}): MirrorSummary => {
  const { repos: _repos, ...rest } = sampleMirrorOf(repos, over);
  return rest;
};
const rewritten = sampleRepository({ state: 'needs-approval', problem: sampleMirrorProblem('remote-rewritten', { params: { branch: 'main', count: 14 } }) });
const waitsOf = (...mirrors: MirrorSummary[]) => waitingItems(text, sampleState({ mirrors }), SAMPLE_NOW_MS);

describe('the sentence above mirrors', () => {
  it('counts mirrors in step, what waits, and repositories', () => {
    const calm = [sampleRepository(), sampleRepository({ name: 'b', state: 'empty' })];
    expect(mirrorHeadline(text, [summary(calm), summary(calm), summary([rewritten, ...calm])])).toEqual({
      title: '2 of 3 mirrors are in step. One repository waits for you.',
      detail: '3 of 7 repositories are in step, 3 are empty or paused.',
    });
    expect(mirrorHeadline(text, [summary(calm, { name: 'tidepool' })]).title).toBe('tidepool is in step.');
    expect(mirrorHeadline(text, []).title).toBe('Nothing is mirrored yet.');
  });

  it('stays while a look is under way', () => {
    const looking = summary([sampleRepository()], { state: 'syncing', running: { done: 0, total: 1, now: [] } });
    expect(mirrorHeadline(text, [looking, looking]).title).toBe('All 2 mirrors are in step.');
  });

  it('leads where there are mirrors and no folders', () => {
    expect(headline(text, sampleState({ mirrors: [summary([rewritten])] }), SAMPLE_NOW_MS).title).toBe('tidepool on GitHub is not in step. One repository waits for you.');
  });
});

describe('what waits of mirrors', () => {
  it('is one row with the one repository’s sentence and button', () => {
    expect(waitsOf(summary([rewritten]))).toMatchObject([
      { kind: 'mirror', key: 'mirror:tidepool', sentence: 'main was rewritten at the source; 14 commits left it. It was not moved here.', button: 'Look at the plan', mirror: { repo: 'lib-storage', about: ['remote-rewritten:lib-storage'] } },
    ]);
  });

  it('names several in one row', () => {
    const many = Array.from({ length: 6 }, (_, at) => ({ ...rewritten, name: `lib-${at}` }));
    expect(waitsOf(summary(many))).toMatchObject([{ sentence: 'lib-0, lib-1, lib-2 and 3 more wait for you.', count: 6, mirror: { repo: null } }]);
    expect(waitsOf(summary(many.slice(0, 2)))).toMatchObject([{ sentence: 'lib-0 and lib-1 wait for you.' }]);
  });

  it('is nothing of one that is paused', () => {
    expect(waitsOf(summary([rewritten], { state: 'paused' }))).toEqual([]);
  });

  it.each([
    ['what waits for a person, at once', sampleMirror({ problem: sampleMirrorProblem('auth-failed', { params: { server: 'github.com', account: 'work' } }) }), ['github.com refused the token of work.']],
    ['what passes by itself, not at once', sampleMirror({ problem: sampleMirrorProblem('timeout') }), []],
    ['what passes by itself, after two missed intervals', sampleMirror({ problem: sampleMirrorProblem('timeout', { since: ago(500) }) }), ['The server did not answer in time. What was copied so far is whole.']],
    ['never a note', sampleMirror({ problem: sampleMirrorProblem('lfs-missing', { since: ago(90_000) }) }), []],
  ])('of the mirror as a whole: %s', (_case, mirror, sentences) => {
    expect(waitsOf(mirror).map(({ sentence }) => sentence)).toEqual(sentences);
  });
});
