import type { Clock } from '../ports.ts';

/**
 * A clock on which waits pass so many times as fast: what is looked at again in a minute is so in seconds. The time of
 * day stays the real one, for it is compared with the times of files.
 */
export const quickClock = (clock: Clock, times: number): Clock => ({
  now: () => clock.now(),
  monotonic: () => clock.monotonic() * times,
  after: (delayMs, call) => clock.after(delayMs / times, call),
});
