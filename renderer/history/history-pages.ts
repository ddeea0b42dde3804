import type { CommitEntry } from '../../shared/commands.ts';
import type { Failure } from '../../shared/failure.ts';

export const PAGE_SIZE = 100;

export interface HistoryPages {
  /** The folder and path these belong to. */
  readonly subject: string;
  readonly entries: readonly CommitEntry[];
  readonly isLoading: boolean;
  /** The first change of the folder was read. */
  readonly isComplete: boolean;
  readonly failure: Failure | null;
}

export const NO_HISTORY: HistoryPages = { subject: '', entries: [], isLoading: false, isComplete: false, failure: null };

type Found = readonly CommitEntry[] | Failure;
export type HistoryAction =
  | { readonly kind: 'asked'; readonly subject: string }
  | { readonly kind: 'newest'; readonly subject: string; readonly found: Found }
  | { readonly kind: 'older'; readonly subject: string; readonly after: string; readonly found: Found };

const isFailure = (found: Found): found is Failure => !Array.isArray(found);

export function historyReducer(pages: HistoryPages, action: HistoryAction): HistoryPages {
  const own = pages.subject === action.subject ? pages : { ...NO_HISTORY, subject: action.subject };
  if (action.kind === 'asked') return { ...own, isLoading: true, failure: null };
  // An answer about something that is not looked at any more.
  if (pages.subject !== action.subject) return pages;
  const { found } = action;
  if (isFailure(found)) return { ...own, isLoading: false, failure: found };
  if (action.kind === 'newest') return { ...own, ...joinNewest(own, found), isLoading: false };
  // The list changed while the page was under way: it will be asked for again.
  if (own.entries.at(-1)?.id !== action.after) return { ...own, isLoading: false };
  return { ...own, entries: [...own.entries, ...found], isComplete: found.length < PAGE_SIZE, isLoading: false };
}

/** What is new goes on top of what was read; where the two do not meet, the old is dropped, for there would be a gap. */
function joinNewest(pages: HistoryPages, found: readonly CommitEntry[]): Pick<HistoryPages, 'entries' | 'isComplete'> {
  const known = new Set(pages.entries.map(({ id }) => id));
  const meets = found.findIndex(({ id }) => known.has(id));
  if (meets < 0) return { entries: found, isComplete: found.length < PAGE_SIZE };
  const from = pages.entries.findIndex(({ id }) => id === found[meets]?.id);
  return { entries: [...found.slice(0, meets), ...pages.entries.slice(from)], isComplete: pages.isComplete };
}
