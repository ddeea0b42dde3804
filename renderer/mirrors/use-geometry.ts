import { useCallback, useState } from 'react';

const [CELL_PX, GAP_PX] = [20, 2];
export const ROW_PX = CELL_PX + GAP_PX;
/** Before anything was measured, and where nothing can be. */
const USUAL_COLUMNS = 32;

export interface Geometry {
  readonly columns: number;
  /** What scrolls: the column itself, or in a narrow window all of the view. */
  readonly scroller: HTMLElement | null;
}

const UNMEASURED: Geometry = { columns: USUAL_COLUMNS, scroller: null };

/** How many cells stand beside each other in the element that `measure` is given, and what it scrolls in. */
export function useGeometry(): Geometry & { readonly measure: (element: HTMLElement | null) => (() => void) | undefined } {
  const [geometry, setGeometry] = useState<Geometry>(UNMEASURED);
  const measure = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const look = () => {
      const columns = element.clientWidth > 0 ? Math.max(1, Math.floor((element.clientWidth + GAP_PX) / ROW_PX)) : USUAL_COLUMNS;
      const scroller = scrollerOf(element);
      setGeometry((before) => (before.columns === columns && before.scroller === scroller ? before : { columns, scroller }));
    };
    look();
    if (typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ...geometry, measure };
}

function scrollerOf(element: HTMLElement): HTMLElement | null {
  for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent;
  }
  return null;
}
