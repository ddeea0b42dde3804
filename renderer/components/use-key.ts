import { useEffect, useRef } from 'react';

const TYPED_IN = 'input, textarea, select, [contenteditable], [role=dialog], [role=menu]';

/** A single key of a view, such as D or F8. It is left alone while something is typed or a dialog is open. */
export function useKey(key: string, run: (event: KeyboardEvent) => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key.toLowerCase() || event.ctrlKey || event.metaKey || event.altKey) return;
      const isFunctionKey = /^F\d+$/.test(key);
      if (!isFunctionKey && event.target instanceof Element && event.target.closest(TYPED_IN)) return;
      if (document.querySelector('[role=dialog]')) return;
      event.preventDefault();
      latest.current(event);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [key]);
}
