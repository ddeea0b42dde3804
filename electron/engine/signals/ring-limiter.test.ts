import { describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { RingLimiter } from './ring-limiter.ts';

function limiter() {
  const clock = new FakeClock();
  const heard: string[] = [];
  const rings = new RingLimiter(clock, 2_000, (ring) => heard.push(`${clock.monotonic()} ${ring.folder} ${ring.tip}`));
  const ring = (folder: string, tip: string): void => rings.ring({ folder, tip, machine: null, via: 'xmpp' });
  return { clock, heard, rings, ring };
}

describe('the ring limiter', () => {
  it('lets a few through at once, then one per gap, and the last of them always', async () => {
    const { clock, heard, ring } = limiter();
    for (let count = 0; count < 50; count += 1) {
      ring('notes', `tip${count}`);
      await clock.advance(100);
    }
    await clock.advance(60_000);
    expect(heard.slice(0, 5)).toEqual(['0 notes tip0', '100 notes tip1', '200 notes tip2', '300 notes tip3', '400 notes tip4']);
    expect(heard.slice(5)).toEqual(['2000 notes tip19', '4000 notes tip39', '6000 notes tip49']);
    expect(clock.pending).toBe(0);
  });

  it('keeps folders apart', () => {
    const { heard, ring } = limiter();
    ring('notes', 'a');
    ring('photos', 'b');
    expect(heard).toEqual(['0 notes a', '0 photos b']);
  });

  it('says nothing more after its end', async () => {
    const { clock, heard, rings, ring } = limiter();
    for (const tip of 'abcdefg') ring('notes', tip);
    const before = [...heard];
    rings.close();
    await clock.advance(10_000);
    expect(heard).toEqual(before);
    expect(before.at(-1)).not.toContain('g');
  });
});
