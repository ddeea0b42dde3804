import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { picturePath } from './launch-app.ts';
import { Machine, PRODUCT } from './machine.ts';
import { startDaemon, type Headless } from './scenarios/headless.ts';
import { liveOn, moveIn } from './scenarios/lived-in.ts';
import { MainScreen } from './screens/main-screen.ts';
import { words } from './words.ts';

/** A home that the pictures for the README may show, such as `/home/kim`: made for them and removed. Unset: none are kept. */
const KEPT_FOR = process.env['LOCKSTEP_PICTURES'];

/** The page in both themes, beside the results; and in the README's folder when they were asked for. */
async function picture(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const path = picturePath(`${name}-${colorScheme}.png`);
    await page.screenshot({ path, animations: 'disabled' });
    if (!KEPT_FOR) continue;
    mkdirSync(join(PRODUCT, 'resources/screenshots'), { recursive: true });
    copyFileSync(path, join(PRODUCT, 'resources/screenshots', `${name}-${colorScheme}.png`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

test('a lived-in home, its popup and its conflict, in both themes', async ({ addMachine, desktop, launch }) => {
  const machine = Machine.create('laptop', KEPT_FOR);
  const other = addMachine('studio-desktop');
  let daemon: Headless | undefined;
  try {
    await moveIn(machine, other);
    const app = await launch({ on: machine });
    const page = await app.mainWindow();
    const screen = new MainScreen(page);
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1316, 900));
    await expect(screen.folder('notes')).toContainText(words.t('folders.row.in-step'));
    daemon = await startDaemon(other);
    await liveOn(machine, other);
    const popup = await app.popup();
    await expect(popup.getByRole('textbox')).toBeVisible();
    await expect(screen.waiting(words.t('waiting.conflict-button'), 'thesis')).toBeVisible();
    await expect(screen.folder('site')).toContainText('rebase');
    await expect(screen.folder('dotfiles')).toContainText(words.t('folders.held', { count: 1 }));
    await expect(screen.folder('scores')).toContainText(words.t('folders.row.paused'));
    for (const name of ['photos-index', 'notes']) await expect(screen.folder(name)).toContainText(words.t('folders.row.in-step'));
    await expect(screen.headline).toContainText(words.t('folders.headline.waits', { count: 3 }));
    await expect(page.getByText(words.t('window.machines.same')).last()).toBeVisible();
    await page.mouse.move(600, 880);
    await picture(popup, 'message');
    await picture(page, 'home');
    await screen.waiting(words.t('waiting.conflict-button'), 'thesis').click();
    await expect(page.getByText('eleven').first()).toBeVisible();
    await picture(page, 'conflict');
    expect(desktop.notifications.map(({ summary }) => summary).sort()).toEqual(['dotfiles', 'thesis']);
    await app.close();
  } finally {
    await daemon?.stop();
    machine.remove();
  }
});
