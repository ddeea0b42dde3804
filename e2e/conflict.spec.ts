import { expect, test } from './fixtures.ts';
import { changeElsewhere } from './scenarios/conflict.ts';
import { addFolder, folderOf, shareFolder } from './scenarios/shared-folder.ts';
import { MainScreen } from './screens/main-screen.ts';
import { words } from './words.ts';

interface OpenConflict {
  readonly path: string;
  readonly copy: string;
}

test('two versions: both kept, announced once, opened by a click, resolved in the window', async ({ machine, addMachine, desktop, launch }) => {
  const other = addMachine('other');
  await shareFolder([machine, other], 'thesis', { 'chapter.tex': 'one\ntwo\nthree\n' });
  await addFolder(machine, 'thesis');
  const app = await launch({ args: ['--hidden'] });
  const tray = await desktop.tray();
  await expect.poll(() => tray.tooltip()).toBe(words.t('folders.headline.all-one', { folder: 'thesis' }));

  // Both change the same line; the other's is on the server first.
  await tray.click(words.t('shell.menu.pause'), 'thesis');
  await expect.poll(() => tray.tooltip()).toBe(words.t('folders.headline.all-paused'));
  await changeElsewhere(other, 'thesis', 'chapter.tex', 'one\nTWO, there\nthree\n');
  machine.write(`${folderOf('thesis')}/chapter.tex`, 'one\ntwo, here\nthree\n');
  await tray.click(words.t('shell.menu.resume'), 'thesis');

  const notification = await desktop.notification(/two machines/);
  expect(notification.summary).toBe('thesis');
  const [conflict] = JSON.parse(await machine.lockstep('conflicts', '--json')) as OpenConflict[];
  const versions = [machine.read(`${folderOf('thesis')}/${conflict?.path}`), machine.read(`${folderOf('thesis')}/${conflict?.copy}`)];
  expect(versions.sort()).toEqual(['one\nTWO, there\nthree\n', 'one\ntwo, here\nthree\n']);
  await expect.poll(() => tray.labels()).toContain(words.t('shell.menu.compare', { count: 1 }));

  desktop.click(notification);
  const page = await app.mainWindow();
  const screen = new MainScreen(page);
  await expect(page).toHaveURL(/#\/conflicts\/thesis/);
  await expect(page.getByText('TWO, there').first()).toBeVisible();
  await page.getByRole('button', { name: words.t('window.conflicts.keep-mine') }).click();
  await expect.poll(async () => (JSON.parse(await machine.lockstep('conflicts', '--json')) as OpenConflict[]).length).toBe(0);
  expect(machine.read(`${folderOf('thesis')}/chapter.tex`)).toBe('one\ntwo, here\nthree\n');
  await screen.go('home');
  await expect(screen.headline).toHaveText(words.t('folders.headline.all-one', { folder: 'thesis' }));
  expect(desktop.notifications).toHaveLength(1);
  // Resolving is a change like any other: the other machine gets it with its next pull.
  await expect.poll(() => machine.git('hub/thesis.git', 'ls-tree', '--name-only', 'main')).toBe('chapter.tex');
});
