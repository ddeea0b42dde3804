import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { CommitEntry } from '../../shared/commands.ts';
import { clockTime } from '../../shared/text/times.ts';
import type { Text } from '../../shared/text/text.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { Chip } from '../components/Chip.tsx';
import { useKey } from '../components/use-key.ts';
import { useText } from '../window-context.tsx';
import { changeWords, dayWord, startsDay } from './commit-words.ts';
import type { useHistory } from './use-history.ts';

interface HistoryListProps {
  readonly history: ReturnType<typeof useHistory>;
  readonly entries: readonly CommitEntry[];
  readonly chosen: string | undefined;
  /** What is looked for; empty: nothing. */
  readonly find: string;
  readonly onChoose: (commit: string) => void;
  readonly onClear: () => void;
}

const [ROW_PX, DAY_PX] = [48, 34];
const READ_ON_WITHIN = 20;
const DAY_MS = 86_400_000;

/** The changes as a list to choose from, by days. Only the rows in sight are drawn, and older pages are read as they come near. */
export function HistoryList(props: HistoryListProps) {
  return props.entries.length === 0 ? <NoHistory {...props} /> : <ChangeList {...props} />;
}

function ChangeList({ history, entries, chosen, onChoose }: HistoryListProps) {
  const text = useText();
  const scroller = useRef<HTMLDivElement>(null);
  // The virtualizer keeps its own state; the compiler's rule does not know it.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => ROW_PX + (startsDay(text, entries, at) ? DAY_PX : 0),
    getItemKey: (at) => entries[at]?.id ?? at,
    overscan: 10,
  });
  const items = rows.getVirtualItems();
  useReadOn(history, (items.at(-1)?.index ?? 0) >= entries.length - READ_ON_WITHIN && entries.length > 0);
  const at = entries.findIndex(({ id }) => id === chosen);
  const moveTo = (next: number) => {
    const entry = entries[next];
    if (!entry) return;
    onChoose(entry.id);
    rows.scrollToIndex(next);
  };
  const pressed = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, at, entries.length);
    if (next === null) return;
    event.preventDefault();
    moveTo(next);
  };
  // J and K as in other lists of changes, wherever the focus is.
  useKey('j', () => moveTo(Math.min(entries.length - 1, at + 1)));
  useKey('k', () => moveTo(Math.max(0, at - 1)));
  const isInSight = items.some(({ index }) => index === at);
  return (
    <div className="history-scroller" ref={scroller}>
      <div className="history-list" role="listbox" tabIndex={0} aria-label={text.t('window.history.list')} aria-activedescendant={isInSight ? `commit-${chosen}` : undefined} style={{ height: rows.getTotalSize() }} onKeyDown={pressed}>
        {items.map(({ index, start }) => (
          <HistoryItem key={entries[index]?.id} entries={entries} at={index} startPx={start} total={history.isComplete ? entries.length : -1} isChosen={index === at} onChoose={onChoose} />
        ))}
      </div>
      <p className="meta history-end">{text.t(history.isComplete ? 'window.history.all-read' : 'window.history.read-on')}</p>
    </div>
  );
}

/** Asks for the next page as soon as the end of what was read comes near. */
function useReadOn({ readOn, isLoading, isComplete }: HistoryListProps['history'], isNearEnd: boolean): void {
  useEffect(() => {
    if (isNearEnd && !isLoading && !isComplete) readOn();
  });
}

interface HistoryItemProps {
  readonly entries: readonly CommitEntry[];
  readonly at: number;
  readonly startPx: number;
  /** -1 while it is not known. */
  readonly total: number;
  readonly isChosen: boolean;
  readonly onChoose: (commit: string) => void;
}

/** One change, with its day above it where a day begins. */
function HistoryItem({ entries, at, startPx, total, isChosen, onChoose }: HistoryItemProps) {
  const text = useText();
  const nowMs = useNow(DAY_MS);
  const entry = entries[at];
  if (!entry) return null;
  return (
    <div
      id={`commit-${entry.id}`}
      className="history-item"
      role="option"
      aria-selected={isChosen}
      aria-setsize={total}
      aria-posinset={at + 1}
      style={{ transform: `translateY(${startPx}px)` }}
      onClick={() => onChoose(entry.id)}
    >
      {startsDay(text, entries, at) && <div className="history-day">{dayWord(text, entry.at, nowMs)}</div>}
      <CommitRow text={text} entry={entry} />
    </div>
  );
}

function CommitRow({ text, entry }: { readonly text: Text; readonly entry: CommitEntry }) {
  const words = changeWords(text, entry);
  return (
    <div className="commit-row">
      <time dateTime={entry.at}>{clockTime(text, entry.at)}</time>
      <div className="commit-words">
        <p className="clip">{words.subject}</p>
        <p className="meta clip">{words.detail}</p>
      </div>
      {words.kind && <Chip>{words.kind}</Chip>}
    </div>
  );
}

function nextIndex(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function NoHistory({ history, find, onClear }: Pick<HistoryListProps, 'history' | 'find' | 'onClear'>) {
  const text = useText();
  if (history.failure) return <p className="nothing">{history.failure.message}</p>;
  if (history.isLoading) return <div className="history-scroller" aria-busy="true" />;
  return (
    <div className="nothing">
      <h2>{find ? text.t('window.history.not-found', { path: find }) : text.t('window.history.none')}</h2>
      {find ? (
        <div className="nothing-actions">
          <Button onPress={onClear}>{text.t('window.history.clear')}</Button>
          {!history.isComplete && <Button onPress={history.readOn}>{text.t('window.log.older')}</Button>}
        </div>
      ) : (
        <p>{text.t('window.history.none-detail')}</p>
      )}
    </div>
  );
}
