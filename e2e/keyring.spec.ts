import { expect, test } from './fixtures.ts';
import { startKeyring } from './scenarios/keyring.ts';
import { invoke } from './screens/bridge.ts';

const PASSWORD = 'correct-horse-battery';
const jid = { jid: 'kim@chat.invalid', password: PASSWORD, service: 'xmpp://127.0.0.1:9' };

test('with a keyring, no secret is on the disk in clear, and a restart still has it', async ({ machine, bus, launch }) => {
  const keyring = await startKeyring(machine, bus);
  const options = { args: ['--password-store=gnome-libsecret'], env: { XDG_CURRENT_DESKTOP: 'GNOME' } };
  const first = await launch(options);
  const page = await first.mainWindow();
  expect(await invoke(page, 'shell.about', {})).toMatchObject({ ok: true, value: { keyring: true } });
  expect(await invoke(page, 'signal.xmpp', jid)).toMatchObject({ ok: true });
  const sealed = machine.read('person/.config/lockstep/keyring.json') ?? '';
  expect(sealed).not.toBe('');
  for (const file of ['keyring.json', 'settings.json', 'secrets.json']) expect(machine.read(`person/.config/lockstep/${file}`) ?? '').not.toContain(PASSWORD);
  await first.close();
  // Without the keyring nobody makes another key in its place.
  await expect(machine.lockstep('signal', 'pair', '--json')).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('kept-in-keyring') });

  const second = await launch(options);
  const status = await invoke(await second.mainWindow(), 'signal.status', {});
  // It still tries that server with that account: the secret could be read.
  expect(status).toMatchObject({ ok: true, value: { xmpp: { jid: 'kim@chat.invalid' } } });
  expect(machine.read('person/.config/lockstep/keyring.json')).toBe(sealed);
  await second.close();
  await keyring.stop();
});

test('without one, secrets are in a file that only the person can read, and the app says so', async ({ machine, launch }) => {
  const app = await launch();
  const page = await app.mainWindow();
  expect(await invoke(page, 'shell.about', {})).toMatchObject({ ok: true, value: { keyring: false } });
  expect(await invoke(page, 'signal.xmpp', jid)).toMatchObject({ ok: true });
  expect(machine.read('person/.config/lockstep/secrets.json')).toContain(PASSWORD);
  expect(machine.mode('person/.config/lockstep/secrets.json')).toBe(0o600);
});
