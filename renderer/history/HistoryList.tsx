import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { CommitEntry } from '../../shared/commands.ts';
import { clockTime } from '../../shared/text/times.ts';
import type { Text } from '../../shared/text/text.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { Chip } from '../components/Chip.tsx';
import { useText } from '../window-context.tsx';
import { changeWords, dayWord, startsDay } from './commit-words.ts';
import type { useHistory } from './use-history.ts';

interface HistoryListProps {
  readonly history: ReturnType<typeof useHistory>;
  readonly entries: readonly CommitEntry[];
  readonly chosen: string | undefined;
  readonly path: string;
  readonly onChoose: (commit: string) => void;
  readonly onClear: () => void;
}

const [ROW_PX, DAY_PX] = [48, 34];
const READ_ON_WITHIN = 20;
const DAY_MS = 86_400_000;

/** The changes as a list to choose from, by days. Only the rows in sight are drawn, and older pages are read as they come near. */
export function HistoryList({ history, entries, chosen, path, onChoose, onClear }: HistoryListProps) {
  const text = useText();
  const nowMs = useNow(DAY_MS);
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
  const { readOn, isLoading, isComplete } = history;
  const isNearEnd = (items.at(-1)?.index ?? 0) >= entries.length - READ_ON_WITHIN;
  useEffect(() => {
    if (isNearEnd && !isLoading && !isComplete && entries.length > 0) readOn();
  });
  const at = entries.findIndex(({ id }) => id === chosen);
  const pressed = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, at, entries.length);
    const entry = next === null ? undefined : entries[next];
    if (next === null || !entry) return;
    event.preventDefault();
    onChoose(entry.id);
    rows.scrollToIndex(next);
  };
  if (entries.length === 0) return <NoHistory history={history} path={path} onClear={onClear} />;
  return (
    <div className="history-scroller" ref={scroller}>
      <div
        className="history-list"
        role="listbox"
        tabIndex={0}
        aria-label={text.t('window.history.list')}
        aria-activedescendant={chosen && items.some(({ index }) => index === at) ? `commit-${chosen}` : undefined}
        style={{ height: rows.getTotalSize() }}
        onKeyDown={pressed}
      >
        {items.map(({ index, start }) => {
          const entry = entries[index];
          return (
            entry && (
              <div
                key={entry.id}
                id={`commit-${entry.id}`}
                className="history-item"
                role="option"
                aria-selected={entry.id === chosen}
                aria-setsize={isComplete ? entries.length : -1}
                aria-posinset={index + 1}
                style={{ transform: `translateY(${start}px)` }}
                onClick={() => onChoose(entry.id)}
              >
                {startsDay(text, entries, index) && <div className="history-day">{dayWord(text, entry.at, nowMs)}</div>}
                <CommitRow text={text} entry={entry} />
              </div>
            )
          );
        })}
      </div>
      <p className="meta history-end">{text.t(isComplete ? 'window.history.all-read' : 'window.history.read-on')}</p>
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

/** J and K as in other lists of changes, and the arrows. */
function nextIndex(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return Math.min(count - 1, at + 1);
    case 'ArrowUp':
    case 'k':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function NoHistory({ history, path, onClear }: Pick<HistoryListProps, 'history' | 'path' | 'onClear'>) {
  const text = useText();
  if (history.failure) return <p className="nothing">{history.failure.message}</p>;
  if (history.isLoading) return <div className="history-scroller" aria-busy="true" />;
  return (
    <div className="nothing">
      <h2>{path ? text.t('window.history.not-found', { path }) : text.t('window.history.none')}</h2>
      {path ? (
        <div className="nothing-actions">
          <Button onPress={onClear}>{text.t('window.history.clear')}</Button>
        </div>
      ) : (
        <p>{text.t('window.history.none-detail')}</p>
      )}
    </div>
  );
}
