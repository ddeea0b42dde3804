import { useEffect, useRef, useState } from 'react';

/** The value, but never changed sooner than `leastMs` after it changed last; the newest one wins. */
export function useCalm<T extends string | number | boolean>(value: T, leastMs: number): T {
  const [shown, setShown] = useState(value);
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (value === shown) return;
    const timer = setTimeout(
      () => {
        changedAt.current = performance.now();
        setShown(value);
      },
      Math.max(0, changedAt.current + leastMs - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [value, shown, leastMs]);
  return shown;
}
