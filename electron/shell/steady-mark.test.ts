import { describe, expect, it } from 'vitest';
import { FakeClock } from '../engine/testing/fake-clock.ts';
import { SteadyMark } from './steady-mark.ts';
import type { TrayMark } from './tray-mark.ts';

function steadyMark() {
  const clock = new FakeClock();
  const shown: TrayMark[] = [];
  return { clock, shown, mark: new SteadyMark(clock, (mark) => shown.push(mark)) };
}

describe('the steady mark', () => {
  it('does not show work that is over within 300 ms', async () => {
    const { clock, shown, mark } = steadyMark();
    mark.want('idle');
    mark.want('working');
    await clock.advance(299);
    mark.want('idle');
    await clock.advance(10_000);
    expect(shown).toEqual(['idle']);
  });

  it('shows work that lasts, and for at least 600 ms', async () => {
    const { clock, shown, mark } = steadyMark();
    mark.want('idle');
    mark.want('working');
    await clock.advance(300);
    expect(shown).toEqual(['idle', 'working']);
    mark.want('idle');
    await clock.advance(599);
    expect(shown).toEqual(['idle', 'working']);
    await clock.advance(1);
    expect(shown).toEqual(['idle', 'working', 'idle']);
  });

  it('shows what waits at once, but for work that was just shown', async () => {
    const { clock, shown, mark } = steadyMark();
    mark.want('idle');
    mark.want('waiting');
    expect(shown).toEqual(['idle', 'waiting']);
    mark.want('working');
    await clock.advance(300);
    mark.want('trouble');
    mark.want('waiting');
    await clock.advance(600);
    expect(shown).toEqual(['idle', 'waiting', 'working', 'waiting']);
  });

  it('lets no timer live on', async () => {
    const { clock, mark } = steadyMark();
    mark.want('idle');
    mark.want('working');
    mark.stop();
    expect(clock.pending).toBe(0);
  });
});
