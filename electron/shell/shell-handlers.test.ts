import type { BrowserWindow } from 'electron';
import { expect, it, vi } from 'vitest';
import { sampleMirrorOf, sampleRepository } from '../../shared/testing/sample-mirror.ts';
import { createText } from '../../shared/text/text.ts';
import { FakeClock } from '../engine/testing/fake-clock.ts';
import type { CurrentEngine } from './current-engine.ts';
import { openFolder, shellHandlers } from './shell-handlers.ts';

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

it('shows where a mirror’s copies lie, or one of them, and nothing that is no path of this disk', async () => {
  const { repos, ...mirror } = sampleMirrorOf([sampleRepository()]);
  // All that is asked of it.
  const engine = (target: string) => ({ handlers: { 'mirror.list': async () => [{ ...mirror, target, repos }] } }) as unknown as CurrentEngine;
  const open = (target: string, repo?: string) =>
    shellHandlers({ engine: engine(target), text, clock: new FakeClock(), env: {}, about: () => ({ version: '', keyring: true, attached: false, tray: true }) }, {} as BrowserWindow)['shell.open-mirror']({ id: 'tidepool', repo }, new AbortController().signal);
  openPath.mockClear().mockResolvedValue('');
  await open('/srv/mirrors/tidepool');
  await open('/srv/mirrors/tidepool', 'lib-storage');
  expect(openPath.mock.calls).toEqual([['/srv/mirrors/tidepool'], ['/srv/mirrors/tidepool/lib-storage.git']]);
  await expect(open('https://host/lib.git')).rejects.toMatchObject({ code: 'no-such-path' });
  await expect(open('/srv/mirrors/tidepool', 'unknown')).rejects.toMatchObject({ code: 'no-such-path' });
});
