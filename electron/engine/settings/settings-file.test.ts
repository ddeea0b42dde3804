import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nodeFiles } from '../ports/node-files.ts';
import { nodeHost } from '../ports/node-host.ts';
import { CountingRandom } from '../testing/counting-random.ts';
import { SettingsFile } from './settings-file.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lockstep-settings-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const open = () => new SettingsFile(nodeFiles, join(directory, 'settings.json'));
const load = () => open().load(nodeHost({}), new CountingRandom(), Date.parse('2026-01-02T03:04:05Z'));

it('makes a new home its own machine, and finds it again', async () => {
  const first = await load();
  await open().save(first.settings);
  expect(statSync(join(directory, 'settings.json')).mode & 0o777).toBe(0o600);
  expect((await load()).settings).toEqual(first.settings);
});

it('keeps a damaged file and goes on with the newest good generation', async () => {
  const { settings } = await load();
  await open().save(settings);
  await open().save({ ...settings, startAtLogin: true });
  await open().save({ ...settings, appearance: { theme: 'dark' } });
  truncateSync(join(directory, 'settings.json'), 20);
  const found = await load();
  expect(found.settings.appearance.theme).toBe('dark');
  expect(readFileSync(found.damaged?.kept ?? '', 'utf8')).toHaveLength(20);
  await open().save(found.settings);
  // Said until the kept file is gone, and truthfully.
  expect(await load()).toMatchObject({ isNew: false, damaged: { kept: found.damaged?.kept, restored: join(directory, 'settings.json.1') } });
  rmSync(found.damaged?.kept ?? '');
  expect(await load()).toMatchObject({ damaged: null });
});

it('starts anew when nothing good is left, still keeping the damaged file', async () => {
  writeFileSync(join(directory, 'settings.json'), '{"version": 1}');
  const found = await load();
  expect(found.settings.folders).toEqual([]);
  expect(readdirSync(directory).some((name) => name.includes('damaged'))).toBe(true);
  await open().save(found.settings);
  expect((await load()).damaged).toEqual(found.damaged);
  expect(found.damaged?.restored).toBeNull();
});

it.each([
  ['a directory', (file: string) => mkdirSync(file)],
  ['a link to a device', (file: string) => symlinkSync('/dev/zero', file)],
  ['a link that goes round', (file: string) => symlinkSync(file, file)],
  ['a fifo', (file: string) => void execFileSync('mkfifo', [file])],
])('says that %s stands in the place of the file', async (_what, put) => {
  put(join(directory, 'settings.json'));
  await expect(load()).rejects.toMatchObject({ code: 'settings-damaged' });
});

it('takes no folder whose path is not absolute', async () => {
  const { settings } = await load();
  const folder = { id: 'x', name: 'x', path: 'relative', vcs: 'git', remote: null, branch: null, addedAt: '2026-01-02T03:04:05Z', options: {} };
  writeFileSync(join(directory, 'settings.json'), JSON.stringify({ ...settings, folders: [folder] }));
  expect((await load()).damaged).not.toBeNull();
});

it('leaves the settings of a newer program alone', async () => {
  const newer = '{"version": 99, "folders": []}';
  writeFileSync(join(directory, 'settings.json'), newer);
  await expect(load()).rejects.toMatchObject({ code: 'settings-damaged' });
  expect(readFileSync(join(directory, 'settings.json'), 'utf8')).toBe(newer);
});
