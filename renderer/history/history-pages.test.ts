import { describe, expect, it } from 'vitest';
import type { CommitEntry } from '../../shared/commands.ts';
import { historyReducer, NO_HISTORY, PAGE_SIZE, type HistoryPages } from './history-pages.ts';

const entry = (id: string): CommitEntry => ({ id, parents: [], author: 'me', at: '2026-11-21T15:00:00.000Z', machine: null, message: id, files: [] });
const entries = (from: number, count: number) => Array.from({ length: count }, (_, at) => entry(String(from + at)));
const asked = (pages: HistoryPages, subject = 'notes') => historyReducer(pages, { kind: 'asked', subject });
const newest = (pages: HistoryPages, found: CommitEntry[], subject = 'notes') => historyReducer(asked(pages), { kind: 'newest', subject, found });
const ids = (pages: HistoryPages) => pages.entries.map(({ id }) => Number(id));

describe('the pages of a history', () => {
  const first = newest(NO_HISTORY, entries(0, PAGE_SIZE));

  it('grow at their end until the first change was read', () => {
    const last = String(PAGE_SIZE - 1);
    const more = historyReducer(asked(first), { kind: 'older', subject: 'notes', after: last, found: entries(PAGE_SIZE, 5) });
    expect(first.isComplete).toBe(false);
    expect(more.entries).toHaveLength(PAGE_SIZE + 5);
    expect(more.isComplete).toBe(true);
  });

  it('take what is new on top, and keep what was read', () => {
    const next = newest(first, entries(-3, PAGE_SIZE));
    expect(ids(next).slice(0, 4)).toEqual([-3, -2, -1, 0]);
    expect(next.entries).toHaveLength(PAGE_SIZE + 3);
  });

  it('drop what was read when so much is new that the two do not meet', () => {
    expect(ids(newest(first, entries(-500, PAGE_SIZE)))[0]).toBe(-500);
    expect(newest(first, entries(-500, PAGE_SIZE)).entries).toHaveLength(PAGE_SIZE);
  });

  it('ignore an answer about another folder, and a page that does not fit any more', () => {
    expect(historyReducer(asked(first), { kind: 'newest', subject: 'thesis', found: entries(900, 1) }).entries).toBe(first.entries);
    expect(historyReducer(asked(first), { kind: 'older', subject: 'notes', after: 'gone', found: entries(900, 1) }).entries).toBe(first.entries);
  });

  it('keep what was read when the next page cannot be had', () => {
    const failure = { code: 'timeout', message: 'No answer.', params: {} } as const;
    const failed = historyReducer(asked(first), { kind: 'older', subject: 'notes', after: '99', found: failure });
    expect(failed).toMatchObject({ failure, isLoading: false });
    expect(failed.entries).toBe(first.entries);
  });
});
