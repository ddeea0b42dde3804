import { expect, test } from './fixtures.ts';
import { freePort } from './scenarios/free-port.ts';
import { startDaemon } from './scenarios/headless.ts';
import { addFolder, folderOf, shareFolder } from './scenarios/shared-folder.ts';
import { MainScreen } from './screens/main-screen.ts';

// An hour between two looks at the server: what arrives within the test came by a signal.
const HOURLY = ['--poll', '3600'];

test('a save in the app’s folder reaches another machine by a signal, and its save comes back', async ({ machine, addMachine, desktop, launch }) => {
  const attic = addMachine('attic');
  await shareFolder([machine, attic], 'notes');
  const port = await freePort();
  await addFolder(machine, 'notes', ...HOURLY);
  await addFolder(attic, 'notes', ...HOURLY);
  await machine.lockstep('signal', 'fanout', '--serve', `127.0.0.1:${port}`);
  await attic.lockstep('signal', 'fanout', '--url', `tcp://127.0.0.1:${port}`);
  const { code } = JSON.parse(await machine.lockstep('signal', 'pair', '--json')) as { code: string };
  await attic.lockstep('signal', 'join', code);

  const app = await launch();
  const screen = new MainScreen(await app.mainWindow());
  await expect(screen.headline).toBeVisible();
  const daemon = await startDaemon(attic);
  try {
    const connected = async () => (JSON.parse(await attic.lockstep('signal', 'status', '--json')) as { fanout: { state: string } }).fanout.state;
    await expect.poll(connected).toBe('online');
    machine.write(`${folderOf('notes')}/wren.md`, 'Nest in the old wall.\n');
    await expect.poll(() => attic.read(`${folderOf('notes')}/wren.md`)).toBe('Nest in the old wall.\n');
    attic.write(`${folderOf('notes')}/wren.md`, 'Nest in the old wall. Five eggs.\n');
    await expect.poll(() => machine.read(`${folderOf('notes')}/wren.md`)).toBe('Nest in the old wall. Five eggs.\n');
    await expect(screen.folder('notes')).toContainText('Took one change');
    expect(desktop.notifications).toEqual([]);
  } finally {
    await daemon.stop();
  }
});
