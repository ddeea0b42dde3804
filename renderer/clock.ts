import { useSyncExternalStore } from 'react';
import { useWindow } from './window-context.tsx';

/** The window's time. One timer serves all views, and only while one of them shows a time. */
export interface WindowClock {
  readonly nowMs: () => number;
  readonly subscribe: (listener: () => void) => () => void;
}

const TICK_MS = 1000;

export function createClock(nowMs: () => number = Date.now): WindowClock {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    nowMs,
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(() => listeners.forEach((notify) => notify()), TICK_MS);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

/** The time now (ms since 1970) in steps of `stepMs`: a view is drawn again only when the step changes. */
export function useNow(stepMs = TICK_MS): number {
  const { clock } = useWindow();
  const step = () => Math.floor(clock.nowMs() / stepMs) * stepMs;
  return useSyncExternalStore(clock.subscribe, step, step);
}
