import { describe, expect, it } from 'vitest';
import { askingFolder } from './popup-queue.ts';
import { sampleFolder, sampleRequest, sampleState } from './testing/sample-state.ts';

const asks = (name: string, minute: string) => sampleFolder(name, { phase: 'awaiting-message', messageRequest: { ...sampleRequest, deadline: `2026-11-21T16:${minute}:00.000Z` } });
const both = sampleState([asks('late', '50'), sampleFolder('calm'), asks('soon', '45')]);

describe('which question is shown', () => {
  it.each([
    ['the one that is over first', both, null, null, 'soon'],
    ['the one that is shown, while it waits', both, 'late', null, 'late'],
    ['the next one after it', sampleState([asks('late', '50'), sampleFolder('soon')]), 'soon', null, 'late'],
    ['not the one just put off', both, null, 'soon', 'late'],
    ['none when nobody asks', sampleState([sampleFolder('calm')]), 'soon', null, null],
    ['none when no engine answers', null, 'soon', null, null],
  ])('%s', (_case, state, shown, putOff, next) => {
    expect(askingFolder(state, shown, putOff).next).toBe(next);
  });

  it('lists all, also the one put off, so that it can be opened again', () => {
    expect(askingFolder(both, null, 'soon').asking).toEqual(['late', 'soon']);
  });
});
