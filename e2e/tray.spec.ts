import { join } from 'node:path';
import type { TrayMark } from '../electron/shell/tray-mark.ts';
import { DesktopShell } from './desktop-shell.ts';
import { expect, test } from './fixtures.ts';
import { isAlive, processTree, startPlainly, type DesktopApp } from './launch-app.ts';
import { PRODUCT } from './machine.ts';
import { addFolder, folderOf, shareFolder } from './scenarios/shared-folder.ts';
import { invoke } from './screens/bridge.ts';
import { MainScreen } from './screens/main-screen.ts';
import { words } from './words.ts';

/** The shape of one of our pictures, as `TrayItem.shape` gives that of the tray's. */
const shapeOf = (app: DesktopApp, mark: TrayMark): Promise<string> =>
  app.electron.evaluate(({ nativeImage }, file) => {
    const bgra = nativeImage.createFromPath(file).toBitmap();
    return Buffer.from(bgra.filter((_byte, at) => at % 4 === 3)).toString('base64');
  }, join(PRODUCT, `resources/icons/tray/${mark}-22-light.png`));

/** Ctrl and a key, as the window gets them from the system; what a test types otherwise goes past the app to the page. */
const press = (app: DesktopApp, keyCode: string): Promise<void> =>
  app.electron.evaluate(({ BrowserWindow }, key) => BrowserWindow.getAllWindows()[0]?.webContents.sendInputEvent({ type: 'keyDown', keyCode: key, modifiers: ['control'] }), keyCode);

test('the tray pauses and resumes a folder, and shows each state by its shape', async ({ machine, desktop, launch }) => {
  await shareFolder([machine], 'a_b & c');
  await addFolder(machine, 'a_b & c');
  const app = await launch({ args: ['--hidden'] });
  const tray = await desktop.tray();
  const idle = words.t('shell.menu.folder', { folder: 'a_b & c', standing: 'in step' });
  await expect.poll(() => tray.labels()).toContain(idle);
  await expect.poll(() => tray.shape()).toBe(await shapeOf(app, 'idle'));
  await tray.click(words.t('shell.menu.pause'), 'a_b & c');
  await expect.poll(() => tray.labels()).toContain(words.t('shell.menu.folder', { folder: 'a_b & c', standing: 'paused' }));
  await expect.poll(() => tray.shape()).toBe(await shapeOf(app, 'paused'));
  machine.write(`${folderOf('a_b & c')}/later.md`, 'later\n');
  await tray.click(words.t('shell.menu.resume-all'));
  await expect.poll(() => machine.git('hub/a_b & c.git', 'ls-tree', '--name-only', 'main')).toContain('later.md');
  await expect.poll(() => tray.shape()).toBe(await shapeOf(app, 'idle'));
});

test('quitting from the tray leaves no process behind', async ({ machine, bus, desktop }) => {
  await shareFolder([machine], 'notes');
  await addFolder(machine, 'notes');
  const app = startPlainly(machine, { busAddress: bus.address });
  const tray = await desktop.tray();
  await expect.poll(() => tray.tooltip()).toBe(words.t('folders.headline.all-one', { folder: 'notes' }));
  machine.write(`${folderOf('notes')}/last.md`, 'x\n');
  const all = processTree(app.pid);
  expect(all.length).toBeGreaterThan(2);
  const askedMs = performance.now();
  await tray.quit(words.t('shell.menu.quit'));
  expect(await app.ended).toBe(0);
  expect(performance.now() - askedMs).toBeLessThan(5000);
  await expect.poll(() => all.filter(isAlive)).toEqual([]);
  // The home was given back: nobody answers there.
  await expect(machine.lockstep('sync')).rejects.toMatchObject({ code: 4 });
});

test('the end of the session ends it as well', async ({ machine, bus, desktop }) => {
  await shareFolder([machine], 'notes');
  await addFolder(machine, 'notes');
  const app = startPlainly(machine, { busAddress: bus.address });
  await expect.poll(async () => (await desktop.tray()).tooltip()).toBe(words.t('folders.headline.all-one', { folder: 'notes' }));
  const all = processTree(app.pid);
  process.kill(app.pid, 'SIGTERM');
  expect(await app.ended).toBe(0);
  await expect.poll(() => all.filter(isAlive)).toEqual([]);
});

test('Ctrl+W closes the window, and Ctrl+Q ends the app', async ({ desktop, launch }) => {
  const app = await launch();
  const page = await app.mainWindow();
  const closed = page.waitForEvent('close');
  await press(app, 'w');
  await closed;
  await (await desktop.tray()).activate();
  await expect(new MainScreen(await app.mainWindow()).headline).toBeVisible();
  await press(app, 'q').catch(() => undefined);
  expect(await app.ended).toBe(0);
});

test('the window’s switch makes the desktop start it at login, hidden', async ({ machine, launch }) => {
  const page = await (await launch()).mainWindow();
  const entry = () => machine.read('person/.config/autostart/lockstep.desktop');
  await invoke(page, 'settings.set', { startAtLogin: true });
  await expect.poll(entry).toMatch(/^Exec=.*"--hidden"$/m);
  await invoke(page, 'settings.set', { startAtLogin: false });
  await expect.poll(entry).toBeNull();
});

test('closing the window leaves the app in the tray; a click brings it back where it was', async ({ desktop, launch }) => {
  const app = await launch();
  const page = await app.mainWindow();
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setBounds({ x: 120, y: 90, width: 900, height: 640 }));
  const closed = page.waitForEvent('close');
  await page.getByRole('button', { name: words.t('window.frame.close') }).click();
  await closed;
  const tray = await desktop.tray();
  await tray.activate();
  await expect(new MainScreen(await app.mainWindow()).headline).toBeVisible();
  expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toMatchObject({ width: 900, height: 640 });
});

test('without a tray the window is minimised instead of lost, and the tray is taken when it comes', async ({ bus, launch }) => {
  const desktop = await DesktopShell.start(bus.address, { panel: false });
  try {
    const app = await launch({ args: ['--hidden'] });
    const page = await app.mainWindow();
    await invoke(page, 'shell.window', { action: 'close' });
    await desktop.notification(new RegExp(words.t('shell.notice.no-tray').slice(0, 20)));
    expect(app.electron.windows()).toHaveLength(1);
    await desktop.startPanel();
    const tray = await desktop.tray();
    expect(await tray.labels()).toContain(words.t('shell.menu.quit'));
  } finally {
    desktop.stop();
  }
});
