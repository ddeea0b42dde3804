import { expect, test } from './fixtures.ts';
import { isAlive, startPlainly } from './launch-app.ts';
import { holdHome, startDaemon } from './scenarios/headless.ts';
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
  await expect.poll(() => invoke(page, 'shell.about', {})).toMatchObject({ ok: true, value: { attached: false } });
  await expect(screen.stale).toBeHidden();
  machine.write(`${folderOf('notes')}/b.md`, 'b\n');
  await expect.poll(() => machine.git('hub/notes.git', 'ls-tree', '--name-only', 'main')).toContain('b.md');
});

test('while nobody has the engine, what is seen stays and is shown as old', async ({ machine, desktop, launch }) => {
  await shareFolder([machine], 'notes');
  await addFolder(machine, 'notes');
  const daemon = await startDaemon(machine);
  const app = await launch();
  const screen = new MainScreen(await app.mainWindow());
  await expect(screen.folder('notes')).toContainText(words.t('folders.row.in-step'));
  const tray = await desktop.tray();
  // Another program has the home, as its lock says, but does not answer: nobody can take the daemon's place.
  const free = await holdHome(machine, daemon);
  await expect(screen.stale).toBeVisible();
  await expect(screen.folder('notes')).toContainText(words.t('folders.row.in-step'));
  await expect.poll(() => tray.labels()).toEqual([words.t('shell.silent'), words.t('shell.menu.window'), words.t('shell.menu.quit')]);
  free();
  await expect(screen.stale).toBeHidden();
  await expect.poll(() => tray.tooltip()).toBe(words.t('folders.headline.all-one', { folder: 'notes' }));
});

test('quitting the app lets a daemon go on', async ({ machine, bus, desktop }) => {
  const daemon = await startDaemon(machine);
  try {
    const app = startPlainly(machine, { busAddress: bus.address, args: ['--hidden'] });
    await (await desktop.tray()).quit(words.t('shell.menu.quit'));
    expect(await app.ended).toBe(0);
    expect(isAlive(daemon.pid)).toBe(true);
    expect(JSON.parse(await machine.lockstep('status', '--json'))).toMatchObject({ pid: daemon.pid });
  } finally {
    await daemon.stop();
  }
});
