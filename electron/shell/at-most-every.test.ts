import { describe, expect, it } from 'vitest';
import { FakeClock } from '../engine/testing/fake-clock.ts';
import { atMostEvery } from './at-most-every.ts';

describe('a pace', () => {
  it('acts at once, then at most once a pause, and never forgets the last call', async () => {
    const clock = new FakeClock();
    const acts: number[] = [];
    const paced = atMostEvery(clock, 500, () => acts.push(clock.monotonic()));
    paced.call();
    for (let call = 0; call < 30; call += 1) {
      await clock.advance(50);
      paced.call();
    }
    await clock.advance(10_000);
    expect(acts).toEqual([0, 500, 1000, 1500, 2000]);
    paced.call();
    expect(acts.at(-1)).toBe(clock.monotonic());
  });

  it('lets nothing live on', async () => {
    const clock = new FakeClock();
    let acts = 0;
    const paced = atMostEvery(clock, 500, () => (acts += 1));
    paced.call();
    paced.call();
    paced.stop();
    await clock.advance(1000);
    expect([acts, clock.pending]).toEqual([1, 0]);
  });
});
