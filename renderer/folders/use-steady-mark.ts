import { useEffect, useRef, useState } from 'react';
import { isWorkingMark, type MarkName } from '../../shared/folder-mark.ts';

const SHOW_AFTER_MS = 300;
const KEEP_FOR_MS = 600;

/** How long the mark that is shown has to stay before the next one may replace it. */
export function markDelayMs(shown: MarkName | null, next: MarkName | null, shownForMs: number): number {
  if (shown !== null && isWorkingMark(shown)) return Math.max(0, KEEP_FOR_MS - shownForMs);
  return next !== null && isWorkingMark(next) ? SHOW_AFTER_MS : 0;
}

/** The mark as the eye should see it: work that is over within 300 ms never shows, and what shows stays 600 ms. */
export function useSteadyMark<M extends MarkName | null>(mark: M): M {
  const [shown, setShown] = useState(mark);
  const since = useRef(0);
  useEffect(() => {
    if (mark === shown) return;
    const timer = setTimeout(
      () => {
        since.current = performance.now();
        setShown(mark);
      },
      markDelayMs(shown, mark, performance.now() - since.current),
    );
    return () => clearTimeout(timer);
  }, [mark, shown]);
  return shown;
}
