import { expect, test } from './fixtures.ts';
import { picturePath } from './launch-app.ts';
import { asked, axeViolations, PlayedWindow, show } from './played-window.ts';

/*
 * The page as it is shipped, under its own policy in the real Electron, with an engine played from fixtures:
 * every view, in each state it was designed for, in both themes, is looked at by axe and must throw nothing.
 */
const VIEWS: readonly { readonly name: string; readonly hash: string; readonly scenario?: string; readonly size?: 'popup' | 'small' }[] = [
  { name: 'home', hash: '#/' },
  { name: 'home-small', hash: '#/', size: 'small' },
  { name: 'home-empty', hash: '#/', scenario: 'empty' },
  { name: 'home-loading', hash: '#/', scenario: 'loading' },
  { name: 'home-stale', hash: '#/', scenario: 'stale' },
  { name: 'home-halted', hash: '#/', scenario: 'halted' },
  { name: 'home-offline', hash: '#/', scenario: 'offline' },
  { name: 'folder', hash: '#/folder/dotfiles' },
  { name: 'folder-small', hash: '#/folder/dotfiles', size: 'small' },
  { name: 'folder-halted', hash: '#/folder/site', scenario: 'halted' },
  { name: 'folder-message', hash: '#/folder/field-guide' },
  { name: 'folder-history', hash: '#/folder/notes?tab=history' },
  { name: 'folder-held', hash: '#/folder/dotfiles?tab=held' },
  { name: 'folder-rescue', hash: '#/folder/dotfiles?tab=rescue' },
  { name: 'folder-settings', hash: '#/folder/dotfiles?tab=settings' },
  { name: 'conflicts', hash: '#/conflicts' },
  { name: 'conflicts-small', hash: '#/conflicts', size: 'small' },
  { name: 'conflicts-binary', hash: '#/conflicts/thesis?conflict=c2' },
  { name: 'conflicts-none', hash: '#/conflicts', scenario: 'calm' },
  { name: 'history', hash: '#/history/notes' },
  { name: 'history-small', hash: '#/history/notes', size: 'small' },
  { name: 'mirrors', hash: '#/mirrors/tidepool?repo=lib-storage' },
  { name: 'mirrors-diverged', hash: '#/mirrors/home?repo=zine' },
  { name: 'mirrors-small', hash: '#/mirrors/tidepool?repo=lib-storage', size: 'small' },
  { name: 'mirrors-calm', hash: '#/mirrors', scenario: 'calm' },
  { name: 'mirrors-empty', hash: '#/mirrors', scenario: 'empty' },
  { name: 'mirrors-loading', hash: '#/mirrors', scenario: 'loading' },
  { name: 'mirrors-many', hash: '#/mirrors', scenario: 'many' },
  { name: 'mirrors-stale', hash: '#/mirrors', scenario: 'stale' },
  { name: 'activity', hash: '#/activity' },
  { name: 'settings', hash: '#/settings' },
  { name: 'message', hash: '#/message/field-guide', size: 'popup' },
];
const SIZES = { usual: { width: 1316, height: 899 }, small: { width: 720, height: 480 }, popup: { width: 416, height: 376 } };

let played: PlayedWindow;

test.beforeAll(async () => {
  played = await PlayedWindow.start('views');
});

test.afterAll(() => played.stop());

for (const { name, hash, scenario = 'full', size = 'usual' } of VIEWS) {
  for (const theme of ['light', 'dark'] as const) {
    test(`${name}, ${theme}: nothing for axe, nothing thrown, nothing cut off`, async () => {
      const page = await played.open(SIZES[size], theme);
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await show(page, scenario, hash);
      await page.screenshot({ path: picturePath(`${name}-${theme}.png`) });
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
      await page.close();
    });
  }
}

test('keys do what the rows, the palette and the comparison say', async () => {
  const page = await played.open(SIZES.usual, 'light');
  await show(page, 'full', '#/');
  await page.getByRole('row', { name: /^photos-index:/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('s');
  await page.keyboard.press(' ');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('pause everything for');
  await page.keyboard.press('Enter');
  expect(await asked(page)).toEqual([
    ['sync', { id: 'field-guide', timeoutS: 120 }],
    ['folder.pause', { id: 'field-guide' }],
    ['folder.pause', { forS: 1800 }],
  ]);

  await page.getByRole('row', { name: /^thesis:/ }).click();
  await expect(page).toHaveURL(/#\/folder\/thesis$/);

  await show(page, 'full', '#/conflicts');
  await expect(page.getByText('forty-eight').first()).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Alt+2');
  const [saved, kept] = (await asked(page)).filter(([command]) => command === 'resolve');
  expect(JSON.stringify(saved)).toContain('We sampled forty-eight plots in May and June, each of one square metre.');
  // The next one stands there by now.
  expect(kept).toEqual(['resolve', { conflict: 'c2', keep: 'theirs' }]);

  await show(page, 'full', '#/message/field-guide');
  await page.keyboard.type('Wren');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Escape');
  expect((await asked(page)).map(([command]) => command).filter((command) => command.startsWith('message.'))).toEqual([...Array.from('Wren', () => 'message.typing'), 'message.submit', 'message.postpone']);
  await page.close();
});
