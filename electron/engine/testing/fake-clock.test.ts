import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.ts';

describe('FakeClock', () => {
  it('calls what falls due in order of time, then of asking', async () => {
    const clock = new FakeClock();
    const called: string[] = [];
    clock.after(20, () => called.push(`late ${clock.monotonic()}`));
    clock.after(10, () => called.push(`first ${clock.monotonic()}`));
    clock.after(10, () => called.push(`second ${clock.monotonic()}`));
    clock.after(31, () => called.push('not yet'));
    await clock.advance(30);
    expect(called).toEqual(['first 10', 'second 10', 'late 20']);
    expect(clock.monotonic()).toBe(30);
    expect(clock.nextDueMs).toBe(31);
  });

  it('lets promises settle between timers, and calls timers set by them', async () => {
    const clock = new FakeClock();
    const called: number[] = [];
    clock.after(10, () => {
      void Promise.resolve()
        .then(() => undefined)
        .then(() => clock.after(5, () => called.push(clock.monotonic())));
    });
    await clock.advance(20);
    expect(called).toEqual([15]);
    expect(clock.pending).toBe(0);
  });

  it('does not call what was cancelled', async () => {
    const clock = new FakeClock();
    const cancel = clock.after(1, () => expect.unreachable());
    cancel();
    await clock.advance(2);
  });

  it('keeps timers when the wall clock is set', async () => {
    const clock = new FakeClock(1_000_000);
    let called = 0;
    clock.after(10, () => (called += 1));
    clock.setWallTime(0);
    await clock.advance(9);
    expect([called, clock.now()]).toEqual([0, 9]);
    await clock.advance(1);
    expect([called, clock.now()]).toEqual([1, 10]);
  });
});
