import { expect, it, vi } from 'vitest';
import { createText } from '../../shared/text/text.ts';
import { FakeClock } from '../engine/testing/fake-clock.ts';
import { openFolder } from './shell-handlers.ts';

const openPath = vi.hoisted(() => vi.fn<(path: string) => Promise<string>>());
vi.mock('electron', () => ({ clipboard: {}, dialog: {}, shell: { openPath } }));

const text = createText('en', { timeZone: 'UTC' });

it('says so when no file manager answers', async () => {
  const clock = new FakeClock();
  openPath.mockReturnValueOnce(new Promise(() => undefined));
  const said = expect(openFolder('/home/me/notes', { clock, text })).rejects.toMatchObject({ code: 'not-available', params: { detail: 'No file manager answered. The folder is /home/me/notes.' } });
  await clock.advance(5_000);
  await said;
});

it('gives on what the system says, and nothing when it was opened', async () => {
  const clock = new FakeClock();
  openPath.mockResolvedValueOnce('no application').mockResolvedValueOnce('');
  await expect(openFolder('/home/me/notes', { clock, text })).rejects.toMatchObject({ params: { detail: 'no application' } });
  await expect(openFolder('/home/me/notes', { clock, text })).resolves.toBeUndefined();
});
