import { useCallback, useEffect, useReducer } from 'react';
import type { CommitEntry } from '../../shared/commands.ts';
import type { Failure } from '../../shared/failure.ts';
import { useWindow } from '../window-context.tsx';
import { historyReducer, NO_HISTORY, PAGE_SIZE, type HistoryPages } from './history-pages.ts';

/** The changes of a folder, page by page, newest first; `path` narrows them to those that touch it. A new `head` brings the newest. */
export function useHistory(id: string, path: string, head: string | null): HistoryPages & { readonly readOn: () => void } {
  const { client } = useWindow();
  const [pages, dispatch] = useReducer(historyReducer, NO_HISTORY);
  const subject = `${id} ${path}`;
  const ask = useCallback(
    async (before?: string): Promise<readonly CommitEntry[] | Failure> => {
      const answer = await client.invoke('history', { id, limit: PAGE_SIZE, ...(path ? { path } : {}), ...(before ? { before } : {}) });
      return answer.ok ? answer.value : answer.failure;
    },
    [client, id, path],
  );
  useEffect(() => {
    let overtaken = false;
    dispatch({ kind: 'asked', subject });
    void ask().then((found) => {
      if (!overtaken) dispatch({ kind: 'newest', subject, found });
    });
    return () => {
      overtaken = true;
    };
  }, [ask, subject, head]);
  const shown = pages.subject === subject ? pages : { ...NO_HISTORY, isLoading: true };
  const last = shown.entries.at(-1)?.id;
  const readOn = () => {
    if (shown.isLoading || shown.isComplete || last === undefined) return;
    dispatch({ kind: 'asked', subject });
    void ask(last).then((found) => dispatch({ kind: 'older', subject, after: last, found }));
  };
  return { ...shown, readOn };
}

/** As far back as a search reads by itself. */
const SEARCHED = 5000;

/** Reads older pages as long as too little was found in what was read. */
export function useReadOnToFind({ entries, isLoading, isComplete, readOn }: ReturnType<typeof useHistory>, isWanted: boolean): void {
  useEffect(() => {
    if (isWanted && !isLoading && !isComplete && entries.length < SEARCHED) readOn();
  });
}
