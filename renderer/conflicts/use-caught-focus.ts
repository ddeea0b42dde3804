import { useEffect, useRef, type RefObject } from 'react';

/** For what takes the place of something that had the focus: without it the focus would be on the page as a whole. */
export function useCaughtFocus<T extends HTMLElement>(): RefObject<T | null> {
  const element = useRef<T>(null);
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) element.current?.focus();
  }, []);
  return element;
}
