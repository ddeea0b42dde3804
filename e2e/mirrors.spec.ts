import { existsSync, readdirSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { FakeForge } from '../electron/engine/testing/forges/fake-forge.ts';
import { expect, test } from './fixtures.ts';
import type { Machine } from './machine.ts';
import { startDaemon, type Headless } from './scenarios/headless.ts';
import { MainScreen } from './screens/main-screen.ts';
import { words } from './words.ts';

const REPOSITORIES = 200;
/** As many copies are there when the program is killed. */
const KILLED_AT = 40;
/** Two of the many, to which things happen. */
const EMPTIED = 'lib-007';
const REWRITTEN = 'lib-042';

let forge: FakeForge;
let daemon: Headless | null = null;

test.beforeEach(async ({ machine }) => {
  forge = await FakeForge.open({ kind: 'gitea', directory: machine.path('forge'), env: machine.env, pageCap: 50 });
  for (let number = 0; number < REPOSITORIES; number += 1) forge.add('tidepool', `lib-${String(number).padStart(3, '0')}`);
  daemon = await startDaemon(machine);
  await machine.tell(forge.token, 'account', 'add', 'work', '--forge', 'gitea', '--api', forge.api, '--token-stdin');
  await machine.lockstep('mirror', 'add', '--account', 'work', '--owner', 'tidepool', '--to', machine.path('copies'), '--how', 'none');
});
test.afterEach(async () => {
  await daemon?.stop();
  await forge.close();
});

const copy = (machine: Machine, name: string): string => machine.path('copies', `${name}.git`);
const refsOf = async (machine: Machine, name: string): Promise<Record<string, string>> => {
  const lines = await machine.git('.', '--git-dir', copy(machine, name), 'for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads', 'refs/tags');
  return Object.fromEntries(lines.split('\n').filter(Boolean).map((line) => line.split(' ') as [string, string]));
};
const copies = (machine: Machine): string[] => (existsSync(machine.path('copies')) ? readdirSync(machine.path('copies')).filter((name) => name.endsWith('.git')) : []);

test('a mirror of 200 repositories survives a kill, an emptied source and a rewritten one; what was comes back in the window', async ({ machine, launch }) => {
  test.setTimeout(240_000);
  const interrupted = machine.lockstep('mirror', 'run', 'tidepool').catch(() => 'interrupted');
  await expect.poll(() => copies(machine).length, { intervals: [20], timeout: 60_000 }).toBeGreaterThan(KILLED_AT);
  process.kill(daemon?.pid ?? 0, 'SIGKILL');
  expect(await interrupted).toBe('interrupted');
  expect(copies(machine).length).toBeLessThan(REPOSITORIES);

  daemon = await startDaemon(machine);
  await machine.lockstep('mirror', 'run', 'tidepool');
  expect(copies(machine)).toHaveLength(REPOSITORIES);
  for (const { slug } of forge.state.repositories) expect(await refsOf(machine, slug)).toEqual(forge.refs(`tidepool/${slug}`));
  expect(readdirSync(machine.path('copies')).filter((name) => name.includes('.part-'))).toEqual([]);

  const before = { emptied: await refsOf(machine, EMPTIED), rewritten: await refsOf(machine, REWRITTEN) };
  forge.setRef(`tidepool/${EMPTIED}`, 'refs/heads/main', null);
  await machine.git('.', '--git-dir', forge.bare(`tidepool/${REWRITTEN}`), 'fetch', '-q', forge.bare(`tidepool/${EMPTIED.replace('7', '8')}`), '+refs/heads/main:refs/heads/main');
  await machine.lockstep('mirror', 'run', 'tidepool').catch(() => 'needs a decision');
  expect(await refsOf(machine, EMPTIED)).toEqual(before.emptied);

  const screen = new MainScreen(await (await launch()).mainWindow());
  await screen.go('mirrors');
  await screen.page.getByRole('button', { name: EMPTIED, exact: true }).click();
  await railOf(screen, EMPTIED).getByRole('button', { name: words.t('window.mirrors.rail.take') }).click();
  await expect.poll(() => refsOf(machine, EMPTIED)).toEqual({});
  await restoreInWindow(screen, EMPTIED);
  await expect.poll(async () => Object.values(await refsOf(machine, EMPTIED))).toEqual(Object.values(before.emptied));

  await screen.page.getByRole('textbox', { name: words.t('window.mirrors.matrix.search') }).fill(REWRITTEN);
  await screen.page.getByRole('gridcell', { name: new RegExp(`^${REWRITTEN}`) }).click();
  await restoreInWindow(screen, REWRITTEN);
  await expect.poll(async () => Object.values(await refsOf(machine, REWRITTEN))).toContain(before.rewritten['refs/heads/main']);
});

const railOf = ({ page }: MainScreen, name: string): Locator => page.getByRole('complementary', { name: words.t('window.mirrors.rail.label', { name }) });

async function restoreInWindow(screen: MainScreen, name: string): Promise<void> {
  const { page } = screen;
  await railOf(screen, name).getByRole('button', { name: new RegExp(`^${words.t('window.mirrors.rail.restore')}`) }).first().click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: words.t('window.mirrors.restore.button') }).click();
  await expect(sheet).toBeHidden();
}
