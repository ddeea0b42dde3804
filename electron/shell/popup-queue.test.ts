import { beforeEach, describe, expect, it } from 'vitest';
import { PopupQueue } from './popup-queue.ts';
import { sampleRequest, shellFolder, shellState } from './testing/sample-state.ts';

const asks = (name: string, minute: string) => shellFolder(name, { phase: 'awaiting-message', messageRequest: { ...sampleRequest, deadline: `2026-11-21T16:${minute}:00.000Z` } });
const late = shellState([asks('late', '50')]);
const both = shellState([asks('late', '50'), shellFolder('calm'), asks('soon', '45')]);
const none = shellState([shellFolder('late'), shellFolder('soon')]);

describe('the question that is shown', () => {
  let queue: PopupQueue;
  beforeEach(() => {
    queue = new PopupQueue();
  });

  it('is the one that is over first, stays while it waits, and then the next', () => {
    expect(queue.update(late)).toBe('late');
    expect(queue.update(both)).toBe('late');
    expect(queue.update(shellState([asks('soon', '45')]))).toBe('soon');
    expect(queue.update(none)).toBeNull();
    expect(queue.update(null)).toBeNull();
  });

  it('is not the one just put off, until it asks again', () => {
    queue.update(both);
    expect(queue.close('soon')).toBe(true);
    expect(queue.update(both)).toBe('late');
    queue.update(none);
    expect(queue.close('soon')).toBe(false);
    expect(queue.update(both)).toBe('soon');
  });

  it('is the one the person chose, as long as it asks', () => {
    queue.update(both);
    queue.close('late');
    expect(queue.choose('late')).toBe(true);
    expect(queue.update(both)).toBe('late');
    expect(queue.choose('calm')).toBe(false);
  });

  it('is tried again with the next question when this one could not be shown', () => {
    queue.update(late);
    queue.fail('late');
    expect(queue.update(late)).toBeNull();
    expect([...queue.failed]).toEqual(['late']);
    expect(queue.update(both)).toBe('soon');
    queue.update(none);
    expect([...queue.failed]).toEqual([]);
    expect(queue.update(late)).toBe('late');
  });
});
