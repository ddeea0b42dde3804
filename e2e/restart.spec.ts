import { expect, test } from './fixtures.ts';
import { startPlainly, type DesktopApp } from './launch-app.ts';
import { addFolder, folderOf, shareFolder } from './scenarios/shared-folder.ts';
import { MainScreen } from './screens/main-screen.ts';
import { words } from './words.ts';

test('a restart keeps folders, pauses and the look, and picks up what was saved meanwhile', async ({ machine, desktop, launch }) => {
  await shareFolder([machine], 'notes');
  await shareFolder([machine], 'scores');
  await addFolder(machine, 'notes');
  await addFolder(machine, 'scores');
  const first = await launch();
  const tray = await desktop.tray();
  const before = new MainScreen(await first.mainWindow());
  await expect(before.folder('notes')).toContainText(words.t('folders.row.in-step'));
  await tray.click(words.t('shell.menu.pause'), 'scores');
  await expect(before.folder('scores')).toContainText(words.t('folders.row.paused'));
  await machine.lockstep('folder', 'set', 'notes', 'name=diary');
  await first.close();

  machine.write(`${folderOf('notes')}/meanwhile.md`, 'x\n');
  const second = await launch();
  const after = new MainScreen(await second.mainWindow());
  await expect(after.folder('diary')).toContainText(words.t('folders.row.in-step'));
  await expect(after.folder('scores')).toContainText(words.t('folders.row.paused'));
  await expect.poll(() => machine.git('hub/notes.git', 'ls-tree', '--name-only', 'main')).toContain('meanwhile.md');
  expect(desktop.notifications).toEqual([]);
});

const hash = async (app: DesktopApp): Promise<string> => new URL((await app.mainWindow()).url()).hash;

test('a second start shows the window; a link opens a view or a filled-in sheet, and acts on nothing', async ({ machine, bus, desktop, launch }) => {
  await shareFolder([machine], 'notes');
  await addFolder(machine, 'notes');
  const app = await launch({ args: ['--hidden'] });
  await desktop.tray();
  expect(app.electron.windows()).toHaveLength(0);
  const startAgain = (...args: string[]) => startPlainly(machine, { busAddress: bus.address, args }).ended;
  expect(await startAgain()).toBe(0);
  const page = await app.mainWindow();
  await expect(new MainScreen(page).folder('notes')).toBeVisible();

  expect(await startAgain('lockstep://open/notes')).toBe(0);
  await expect.poll(() => hash(app)).toBe('#/folder/notes');
  expect(await startAgain('lockstep://add?url=https://example.invalid/evil.git&path=/etc')).toBe(0);
  const { addSheet } = new MainScreen(page);
  await expect(addSheet.url).toHaveValue('https://example.invalid/evil.git');
  expect(JSON.parse(await machine.lockstep('folder', 'list', '--json'))).toHaveLength(1);
  expect(app.electron.windows()).toHaveLength(1);
});
