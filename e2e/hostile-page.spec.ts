import { mkdirSync, readdirSync } from 'node:fs';
import type { AppState } from '../shared/app-state.ts';
import { FAILURE_CODES } from '../shared/failure.ts';
import type { Reply } from '../shared/reply.ts';
import { expect, test } from './fixtures.ts';
import { invoke } from './screens/bridge.ts';
import { MainScreen } from './screens/main-screen.ts';
import { Messages, type Message } from './torture/hostile/fuzz/messages.ts';
import { Nonsense } from './torture/hostile/fuzz/nonsense.ts';
import { SeededRandom } from './torture/random.ts';

const SEED = 1;
const MESSAGES = 400;
/** A dialog of the system would wait for the person. */
const ASKS_THE_PERSON = /^shell\./;

/** What Electron's bridge itself does not hand over (too deep, no data) is refused as well as what is not taken behind it. */
const ASK = `const ask = async (command, input) => { try { return await lockstep.invoke(command, input); } catch (error) { return { ok: false, failure: { code: 'usage', message: String(error) } }; } };`;

/** All of them at once, as a script in the page would. */
const ASK_ALL = (messages: readonly Message[]): string => `(() => { ${ASK} return Promise.all(${JSON.stringify(messages)}.map(({ command, input }) => ask(command, input))); })()`;

/** What cannot be said in JSON, and yet be handed over. */
const ODD = `(() => {
  ${ASK}
  const circle = {}; circle.id = circle;
  const inputs = [undefined, 10n ** 30n, new Date(NaN), new Map([['id', 'x']]), new Uint8Array(1e6), circle, new Array(1e6), new Error('x'), /x/, NaN];
  return Promise.all(inputs.flatMap((input) => ['state.get', 'folder.remove', 'settings.set'].map((command) => ask(command, input))));
})()`;

test('a page that asks anything is answered, and nothing comes of it', async ({ launch, machine }) => {
  const aims = { ran: machine.path('ran'), allowed: machine.path('allowed') };
  for (const directory of Object.values(aims)) mkdirSync(directory);
  const app = await launch();
  const page = await app.mainWindow();
  await expect(new MainScreen(page).headline).toBeVisible();
  const given = await invoke(page, 'state.get', {});
  if (!given.ok) throw new Error(given.failure.message);
  const random = new SeededRandom(SEED);
  const messages = new Messages(random, new Nonsense(random, aims), { state: () => given.value as AppState, folder: 'none', directory: aims.allowed, hub: machine.path('none.git') });
  const asked = Array.from({ length: MESSAGES }, () => messages.next()).filter(({ command }) => !ASKS_THE_PERSON.test(command));
  const replies = [...(await page.evaluate<Reply[]>(ASK_ALL(asked))), ...(await page.evaluate<Reply[]>(ODD))];
  const wrong = replies.flatMap((reply, index) => (reply.ok || (reply.failure.code !== 'internal' && FAILURE_CODES.includes(reply.failure.code) && reply.failure.message !== '') ? [] : [{ asked: asked[index], reply }]));
  expect(wrong).toEqual([]);
  expect(replies.some(({ ok }) => ok)).toBe(true);
  expect(await invoke(page, 'state.get', {})).toMatchObject({ ok: true });
  expect(readdirSync(aims.ran)).toEqual([]);
});
