// @vitest-environment jsdom
import { act } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { states } from '../testing/fixtures.ts';
import { live, type LiveView } from '../testing/live.tsx';
import { Headline } from './Headline.tsx';

let view: LiveView;
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(async () => {
  await view.end();
  vi.useRealTimers();
});

const pass = (ms: number): Promise<void> => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const seenAndHeard = () => ['h1', '[aria-live=polite]'].map((selector) => view.body.querySelector(selector)?.textContent);

it('shows the sentence as things are at once, and says it in its own time', async () => {
  view = await live(<Headline title="Two folders are in step." />, states.full);
  await view.draw(<Headline title="One waits." />);
  await pass(0);
  expect(seenAndHeard()).toEqual(['One waits.', 'One waits.']);
  await view.draw(<Headline title="Two wait." />);
  await pass(4_000);
  await view.draw(<Headline title="Nothing waits." />);
  expect(seenAndHeard()).toEqual(['Nothing waits.', 'One waits.']);
  await pass(999);
  expect(seenAndHeard()).toEqual(['Nothing waits.', 'One waits.']);
  await pass(1);
  expect(seenAndHeard()).toEqual(['Nothing waits.', 'Nothing waits.']);
});
