import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { picturePath } from './launch-app.ts';
import { asked, axeViolations, PlayedWindow, show } from './played-window.ts';
import { words } from './words.ts';

/*
 * What lies over the mirrors: each form is gone through as a person does, in the real Electron with an engine played from
 * fixtures, and looked at by axe in both themes.
 */
const SIZE = { width: 1100, height: 820 };
let played: PlayedWindow;

test.beforeAll(async () => {
  played = await PlayedWindow.start('mirror-sheets');
});

test.afterAll(() => played.stop());

const press = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

async function look(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.screenshot({ path: picturePath(`${name}-${theme}.png`) });
    expect(await axeViolations(page)).toEqual([]);
  }
  await expectNothingCut(page);
}

/** No button, label or field loses the end of its words. */
const expectNothingCut = async (page: Page): Promise<void> =>
  expect(await page.evaluate(() => [...document.querySelectorAll('[role=dialog] button, [role=dialog] label, [role=dialog] p')].filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0).map(({ textContent }) => textContent))).toEqual([]);

test('from an account to the first run', async () => {
  const page = await played.open(SIZE, 'light');
  await show(page, 'full', '#/mirrors');
  await page.getByRole('button', { name: words.t('window.mirrors.add') }).click();
  await look(page, 'mirror-add-1-from');
  await press(page, words.t('window.accounts.add'));
  await look(page, 'mirror-add-account');
  await press(page, words.t('window.cancel'));
  await press(page, words.t('window.wizard.next'));
  await page.getByRole('textbox', { name: words.t('window.wizard.owner.label') }).fill('tidepool');
  await page.getByRole('textbox', { name: words.t('window.wizard.owner.match') }).fill('^lib');
  await expect(page.getByText('lib-storage').last()).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: words.t('window.wizard.owner.found', { count: 2, total: 4 }) })).toBeVisible();
  await look(page, 'mirror-add-2-which');
  await press(page, words.t('window.wizard.next'));
  await press(page, words.t('window.wizard.target.pick'));
  await look(page, 'mirror-add-3-target');
  await press(page, words.t('window.wizard.next'));
  await look(page, 'mirror-add-4-how');
  await press(page, words.t('window.wizard.next'));
  await expect(page.getByText(words.t('window.wizard.plan.note'))).toBeVisible();
  await look(page, 'mirror-add-5-plan');
  await press(page, words.t('window.wizard.plan.copy'));
  await expect(page.getByText(words.t('window.wizard.run.progress', { done: 31, total: 46 }))).toBeVisible();
  await look(page, 'mirror-add-6-run');
  expect((await asked(page)).map(([command]) => command)).toEqual(['shell.pick-folder', 'mirror.add', 'mirror.preview', 'mirror.set', 'mirror.run']);
  await page.close();
});

test('settings, plan, removal and restoring of a mirror', async () => {
  const page = await played.open(SIZE, 'light');
  await show(page, 'full', '#/mirrors/tidepool?repo=lib-storage');
  const choose = async (entry: string) => {
    await page.getByRole('button', { name: words.t('window.mirrors.more', { mirror: 'tidepool on GitHub' }) }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };
  await choose(words.t('window.mirrors.settings.open'));
  await look(page, 'mirror-settings');
  await press(page, words.t('window.cancel'));
  await choose(words.t('window.mirrors.preview'));
  await expect(page.getByRole('dialog').getByText('fork-of-parser')).toBeVisible();
  await look(page, 'mirror-plan');
  await press(page, words.t('window.close'));
  await choose(words.t('window.mirrors.remove.open'));
  await look(page, 'mirror-remove');
  await press(page, words.t('window.cancel'));
  await page.getByRole('button', { name: new RegExp(`^${words.t('window.mirrors.rail.restore')}: heads/main`) }).click();
  await look(page, 'mirror-restore');
  await page.close();
});

test('accounts and the webhook in the settings', async () => {
  const page = await played.open(SIZE, 'light');
  await show(page, 'full', '#/settings');
  await page.getByRole('button', { name: words.t('window.settings.section.accounts'), exact: true }).click();
  await look(page, 'settings-accounts');
  await page.getByRole('button', { name: words.t('window.webhook.new-secret') }).click();
  await expect(page.getByText('lsk_')).toBeVisible();
  await page.getByRole('button', { name: words.t('window.settings.section.webhook'), exact: true }).click();
  await look(page, 'settings-webhook');
  await page.close();
});
