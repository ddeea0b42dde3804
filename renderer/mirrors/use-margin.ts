import { useCallback, useState, type RefObject } from 'react';

/** How far below the scroller's beginning the element stands (px). Given as its `ref`, `measure` looks again whenever `above` changes. */
export function useMarginOf(elementRef: RefObject<HTMLElement | null>, scroller: HTMLElement | null, above: string) {
  const [margin, setMargin] = useState(0);
  const measure = useCallback(
    (found: HTMLElement | null) => {
      elementRef.current = found;
      if (found && scroller) setMargin(Math.round(found.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop));
    },
    // Another function is called anew by React: that is what `above` is for.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [elementRef, scroller, above],
  );
  return { margin, measure };
}
