import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { folderOf, shareFolder } from './scenarios/shared-folder.ts';
import { MainScreen } from './screens/main-screen.ts';
import { words } from './words.ts';

test('a first folder is chosen in the system’s dialog, and kept in step from then on', async ({ machine, desktop, launch }) => {
  await shareFolder([machine], 'notes');
  const path = machine.path(folderOf('notes'));
  const app = await launch();
  const screen = new MainScreen(await app.mainWindow());
  await expect(screen.headline).toHaveText(words.t('window.welcome.title'));

  // The dialog is the system's: it alone is answered by the test.
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, path);
  await screen.chooseWelcome('keep');
  await expect(screen.addSheet.path).toHaveValue(path);
  await screen.addSheet.writeMessagesItself();
  await screen.addSheet.add();
  await screen.go('home');
  await expect(screen.folder('notes')).toContainText(words.t('folders.row.in-step'));

  machine.write(join(folderOf('notes'), 'first.md'), '# First\n');
  await expect.poll(() => machine.git('hub/notes.git', 'ls-tree', '--name-only', 'main')).toContain('first.md');
  await expect.poll(async () => (await desktop.tray()).tooltip()).toBe(words.t('folders.headline.all-one', { folder: 'notes' }));
});

test('a folder can be dropped on the window, and is only asked about', async ({ machine, desktop, launch }) => {
  await shareFolder([machine], 'notes');
  const app = await launch();
  const page = await app.mainWindow();
  const screen = new MainScreen(page);
  await expect(screen.headline).toBeVisible();
  // The drag itself is the system's; the browser's own input is told of it, as a desktop would.
  const at = { x: 400, y: 300 };
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [machine.path(folderOf('notes'))], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, ...at, data });
  await expect(screen.addSheet.path).toHaveValue(machine.path(folderOf('notes')));
  expect(JSON.parse(await machine.lockstep('folder', 'list', '--json'))).toEqual([]);
  expect(desktop.trayIcons).toBe(1);
});
