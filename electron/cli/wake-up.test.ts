import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onSleep } from './wake-up.ts';

let woke: number;
let end: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  woke = 0;
  end = onSleep(() => (woke += 1));
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

/** The wall clock goes on while timers stand. */
const sleep = (ms: number) => vi.setSystemTime(Date.now() + ms);

it('tells that the machine slept, once', () => {
  sleep(8 * 3_600_000);
  vi.advanceTimersByTime(20_000);
  expect(woke).toBe(1);
});

it('takes neither a busy moment nor a clock that was set back for sleep', () => {
  vi.advanceTimersByTime(3_600_000);
  sleep(10_000);
  vi.advanceTimersByTime(20_000);
  sleep(-86_400_000);
  vi.advanceTimersByTime(20_000);
  expect(woke).toBe(0);
});

it('tells no more when it was ended', () => {
  end();
  sleep(3_600_000);
  vi.advanceTimersByTime(20_000);
  expect(woke).toBe(0);
});
