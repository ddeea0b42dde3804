import type { Clock } from '../engine/ports.ts';

export interface Paced {
  /** Acts at once, or, when it did so just now, once the pause is over; however often it is called meanwhile. */
  call(): void;
  stop(): void;
}

/** Keeps what follows a fast source at a pace of `pauseMs`; the last call always counts. */
export function atMostEvery(clock: Clock, pauseMs: number, act: () => void): Paced {
  let cancel: (() => void) | null = null;
  let again = false;
  const run = () => {
    again = false;
    cancel = clock.after(pauseMs, () => {
      cancel = null;
      if (again) run();
    });
    act();
  };
  return {
    call: () => {
      if (cancel) again = true;
      else run();
    },
    stop: () => {
      cancel?.();
      cancel = null;
      again = false;
    },
  };
}
