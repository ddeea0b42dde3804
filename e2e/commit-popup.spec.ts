import { expect, test } from './fixtures.ts';
import { addFolder, folderOf, shareFolder } from './scenarios/shared-folder.ts';
import { MainScreen } from './screens/main-screen.ts';
import { MessageScreen } from './screens/message-screen.ts';
import { words } from './words.ts';

const newest = ['log', '-1', '--format=%s', 'main'] as const;

test('the popup asks, takes the message, and goes', async ({ machine, desktop, launch }) => {
  await shareFolder([machine], 'guide');
  await addFolder(machine, 'guide', '--message', 'popup');
  const app = await launch();
  const screen = new MainScreen(await app.mainWindow());
  await expect(screen.folder('guide')).toBeVisible();
  machine.write(`${folderOf('guide')}/wren.md`, 'Nest in the old wall.\n');
  const popup = new MessageScreen(await app.popup());
  await expect(popup.title).toHaveText(words.t('window.message.title', { name: 'guide' }));
  // It came without taking the keyboard from whatever the person is doing.
  expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.webContents.getURL() ?? '')).not.toContain('message');
  await popup.commit('Wren: nest sites');
  await expect.poll(() => machine.git('hub/guide.git', ...newest)).toBe('Wren: nest sites');
  expect(desktop.notifications).toEqual([]);
});

test('when nobody answers, the change is kept with a message of its own', async ({ machine, desktop, launch }) => {
  await shareFolder([machine], 'guide');
  await addFolder(machine, 'guide', '--message', 'popup', '--popup-timeout', '2');
  const app = await launch({ args: ['--hidden'] });
  await desktop.tray();
  machine.write(`${folderOf('guide')}/wren.md`, 'Nest in the old wall.\n');
  const popup = await app.popup();
  await popup.waitForEvent('close');
  await expect.poll(() => machine.git('hub/guide.git', ...newest)).toMatch(/wren\.md/);
});

test('not now: the popup goes, and comes back from the tray', async ({ machine, desktop, launch }) => {
  await shareFolder([machine], 'guide');
  await addFolder(machine, 'guide', '--message', 'popup', '--popup-timeout', '600');
  const app = await launch({ args: ['--hidden'] });
  const tray = await desktop.tray();
  machine.write(`${folderOf('guide')}/wren.md`, 'Nest in the old wall.\n');
  const popup = new MessageScreen(await app.popup());
  await expect(popup.field).toBeVisible();
  await popup.notNow();
  expect(await machine.git('hub/guide.git', 'rev-list', '--count', 'main')).toBe('1');
  machine.write(`${folderOf('guide')}/robin.md`, 'Singing.\n');
  const again = new MessageScreen(await app.popup());
  await expect.poll(() => tray.labels()).toContain(words.t('shell.menu.message', { folder: 'guide' }));
  await again.commit('Wren and robin');
  await expect.poll(() => machine.git('hub/guide.git', ...newest)).toBe('Wren and robin');
});
