import { expect, test } from './fixtures.ts';
import { isAlive } from './launch-app.ts';
import { startDaemon } from './scenarios/headless.ts';
import { addFolder, folderOf, shareFolder } from './scenarios/shared-folder.ts';
import { invoke } from './screens/bridge.ts';
import { MainScreen } from './screens/main-screen.ts';
import { words } from './words.ts';

test('the app is the tray and window of a daemon that runs, and takes its place when it ends', async ({ machine, desktop, launch }) => {
  await shareFolder([machine], 'notes');
  await addFolder(machine, 'notes');
  const daemon = await startDaemon(machine);
  const app = await launch();
  const page = await app.mainWindow();
  const screen = new MainScreen(page);
  await expect(screen.folder('notes')).toContainText(words.t('folders.row.in-step'));
  expect(await invoke(page, 'shell.about', {})).toMatchObject({ ok: true, value: { attached: true } });

  // What is clicked here is done there, and what is done there is seen here.
  const tray = await desktop.tray();
  await tray.click(words.t('shell.menu.pause'), 'notes');
  await expect(screen.folder('notes')).toContainText(words.t('folders.row.paused'));
  await machine.lockstep('folder', 'resume', '--all');
  await expect(screen.folder('notes')).toContainText(words.t('folders.row.in-step'));
  machine.write(`${folderOf('notes')}/a.md`, 'a\n');
  await expect.poll(() => machine.git('hub/notes.git', 'ls-tree', '--name-only', 'main')).toContain('a.md');

  process.kill(daemon.pid, 'SIGKILL');
  await expect(screen.stale).toBeVisible();
  await expect.poll(() => invoke(page, 'shell.about', {})).toMatchObject({ ok: true, value: { attached: false } });
  await expect(screen.stale).toBeHidden();
  machine.write(`${folderOf('notes')}/b.md`, 'b\n');
  await expect.poll(() => machine.git('hub/notes.git', 'ls-tree', '--name-only', 'main')).toContain('b.md');
});

test('quitting the app lets a daemon go on', async ({ machine, desktop, launch }) => {
  const daemon = await startDaemon(machine);
  try {
    const app = await launch({ args: ['--hidden'] });
    const tray = await desktop.tray();
    await tray.click(words.t('shell.menu.quit'));
    expect(await app.ended).toBe(0);
    expect(isAlive(daemon.pid)).toBe(true);
    expect(JSON.parse(await machine.lockstep('status', '--json'))).toMatchObject({ pid: daemon.pid });
  } finally {
    await daemon.stop();
  }
});
