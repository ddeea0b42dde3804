import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { Activity } from '../../shared/activity.ts';
import type { FolderState } from '../../shared/app-state.ts';
import { activitySentence } from '../../shared/text/activity-text.ts';
import { dayAndClock } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Icon } from '../components/Icon.tsx';
import { Mark } from '../components/Mark.tsx';
import { useText } from '../window-context.tsx';
import { LOG_MARKS } from './log-mark.ts';
import './log-list.css';

interface LogListProps {
  readonly entries: readonly Activity[];
  readonly folders: readonly FolderState[];
}

const ROW_ESTIMATE_PX = 46;
const DAY_MS = 86_400_000;

/** Lines of the log, newest first. Only those in sight are drawn: the list may hold ten thousand. */
export function LogList({ entries, folders }: LogListProps) {
  const text = useText();
  const list = useRef<HTMLOListElement>(null);
  const { scroller, offset } = useScroller(list);
  // The virtualizer keeps its own state; the compiler's rule does not know it.
  // eslint-disable-next-line react-hooks/incompatible-library
  const rows = useVirtualizer({ count: entries.length, getScrollElement: () => scroller, estimateSize: () => ROW_ESTIMATE_PX, overscan: 12, scrollMargin: offset });
  return (
    <ol className="log" ref={list} aria-label={text.t('window.log.list')} style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map(({ index, start, key }) => {
        const entry = entries[index];
        return (
          entry && (
            <li key={key} data-index={index} ref={rows.measureElement} className="log-row" aria-setsize={entries.length} aria-posinset={index + 1} style={{ transform: `translateY(${start - offset}px)` }}>
              <LogLine entry={entry} folderName={folders.find(({ id }) => id === entry.folder)?.name ?? entry.folder ?? ''} />
            </li>
          )
        );
      })}
    </ol>
  );
}

function LogLine({ entry, folderName }: { readonly entry: Activity; readonly folderName: string }) {
  const text = useText();
  const nowMs = useNow(DAY_MS);
  const { sentence, why } = activitySentence(text, entry, folderName);
  const picture = LOG_MARKS[entry.what];
  return (
    <>
      <time dateTime={entry.at}>{dayAndClock(text, entry.at, nowMs)}</time>
      <span className="log-mark">{'mark' in picture ? <Mark name={picture.mark} stale={entry.what !== 'held' && entry.what !== 'conflict'} /> : <Icon name={picture.icon} className="dim" />}</span>
      <div className="log-words">
        <p>{sentence}</p>
        <p className="meta">{why}</p>
      </div>
    </>
  );
}

/** The element that scrolls the list, which is the view around it, and where in that view the list begins. */
function useScroller(list: React.RefObject<HTMLElement | null>): { scroller: HTMLElement | null; offset: number } {
  const [found, setFound] = useState<{ scroller: HTMLElement | null; offset: number }>({ scroller: null, offset: 0 });
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () => {
      const scroller = scrollParent(element);
      const offset = Math.round(element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop);
      setFound((before) => (before.scroller === scroller && before.offset === offset ? before : { scroller, offset }));
    };
    measure();
    // What stands above the list may grow or go, and below 960 px another element scrolls.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    if (element.parentElement?.parentElement) observer.observe(element.parentElement.parentElement);
    return () => observer.disconnect();
  }, [list]);
  return found;
}

function scrollParent(element: HTMLElement): HTMLElement {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent;
  }
  return document.documentElement;
}
