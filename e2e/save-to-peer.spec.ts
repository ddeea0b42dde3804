import { expect, test } from './fixtures.ts';
import { startDaemon } from './scenarios/headless.ts';
import { joinBySignals } from './scenarios/signals.ts';
import { addFolder, folderOf, shareFolder } from './scenarios/shared-folder.ts';
import { MainScreen } from './screens/main-screen.ts';

// An hour between two looks at the server: what arrives within the test came by a signal.
const HOURLY = ['--poll', '3600'];

test('a save in the app’s folder reaches another machine by a signal, and its save comes back', async ({ machine, addMachine, desktop, launch }) => {
  const attic = addMachine('attic');
  await shareFolder([machine, attic], 'notes');
  await addFolder(machine, 'notes', ...HOURLY);
  await addFolder(attic, 'notes', ...HOURLY);
  await joinBySignals(machine, attic);

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
