// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';
import { states } from '../testing/fixtures.ts';
import { live, type LiveView } from '../testing/live.tsx';
import { Headline } from './Headline.tsx';

let view: LiveView;
afterEach(() => view.end());

it('shows the sentence as things are at once, and says it in its own time', async () => {
  view = await live(<Headline title="Two folders are in step." />, states.full);
  await view.draw(<Headline title="One waits." />);
  await view.draw(<Headline title="Nothing waits." />);
  expect(view.body.querySelector('h1')?.textContent).toBe('Nothing waits.');
  expect(view.body.querySelector('[aria-live=polite]')?.textContent).toBe('Two folders are in step.');
});
