import { renameSync } from 'node:fs';
import { problemButton } from '../shared/text/problem-text.ts';
import { expect, test } from './fixtures.ts';
import { addFolder, folderOf, shareFolder } from './scenarios/shared-folder.ts';
import { MainScreen } from './screens/main-screen.ts';
import { words } from './words.ts';

test('a folder that was moved is found again in the system’s dialog; another one is not taken for it', async ({ machine, launch }) => {
  await shareFolder([machine], 'notes');
  await shareFolder([machine], 'other', { 'other.txt': 'of another history\n' });
  await addFolder(machine, 'notes');
  const app = await launch();
  const screen = new MainScreen(await app.mainWindow());
  await expect(screen.folder('notes')).toContainText(words.t('folders.row.in-step'));
  const moved = machine.path('person/moved');
  renameSync(machine.path(folderOf('notes')), moved);
  const chosen = (path: string) => app.electron.evaluate(({ dialog }, picked) => void (dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [picked] })), path);

  await chosen(machine.path(folderOf('other')));
  await screen.waiting(problemButton(words, { code: 'root-missing' }), 'notes').first().click();
  const sheet = screen.page.getByRole('dialog');
  await sheet.getByRole('button', { name: words.t('window.problem.locate') }).click();
  await expect(sheet.getByRole('alert')).toBeVisible();
  await chosen(moved);
  await sheet.getByRole('button', { name: words.t('window.problem.locate') }).click();
  await expect(sheet).toBeHidden();
  await expect(screen.folder('notes')).toContainText(words.t('folders.row.in-step'));
  machine.write('person/moved/after.md', 'after\n');
  await expect.poll(() => machine.git('hub/notes.git', 'ls-tree', '--name-only', 'main')).toContain('after.md');
});

test('a folder without a server is given one, and its changes go there', async ({ machine, launch }) => {
  await machine.git('.', 'init', '-q', '--bare', machine.path('hub/first.git'));
  await machine.git('person', 'init', '-q', 'first');
  machine.write('person/first/kept.md', 'kept\n');
  await addFolder(machine, 'first');
  const app = await launch();
  const screen = new MainScreen(await app.mainWindow());
  await screen.page.getByRole('navigation').getByRole('link', { name: /^first/ }).click();
  await screen.page.getByRole('button', { name: problemButton(words, { code: 'no-remote' }) }).click();
  const sheet = screen.page.getByRole('dialog', { name: words.t('window.address.title', { name: 'first' }) });
  const field = sheet.getByRole('textbox', { name: words.t('window.add.url') });
  await field.fill('ext::sh -c id');
  await sheet.getByRole('button', { name: words.t('window.address.button') }).click();
  await expect(sheet).toContainText('ext::sh -c id');
  await field.fill(machine.path('hub/first.git'));
  await sheet.getByRole('button', { name: words.t('window.address.button') }).click();
  await expect(sheet).toBeHidden();
  await expect.poll(() => machine.git('hub/first.git', 'ls-tree', '--name-only', 'main').catch(() => '')).toContain('kept.md');
  await screen.go('home');
  await expect(screen.folder('first')).toContainText(words.t('folders.row.in-step'));
});
