import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Machines, type Machine } from '../testing/machines.ts';

let machines: Machines;
let desk: Machine;
beforeEach(async () => {
  machines = new Machines();
  desk = await machines.add('desk');
});
afterEach(() => machines.close());

const never = new AbortController().signal;
const kept = (name: string): string => readFileSync(join(machines.directory, 'home-desk', name), 'utf8');
const xmpp = (over: object) => desk.engine.handlers['signal.xmpp']({ jid: 'me@host.invalid', password: 'of the account', service: 'xmpp://127.0.0.1:1', ...over }, never);

it('a server that cannot be one is refused before anything is kept', async () => {
  const ca = join(machines.directory, 'ca.pem');
  writeFileSync(ca, 'no certificate\n');
  const before = [kept('settings.json'), kept('secrets.json')];
  await expect(xmpp({ service: 'xmpp://me:canary@127.0.0.1:1' })).rejects.toMatchObject({ code: 'address-refused' });
  await expect(xmpp({ jid: 'me@[nothing' })).rejects.toMatchObject({ code: 'address-refused' });
  await expect(xmpp({ ca })).rejects.toMatchObject({ code: 'bad-file' });
  await expect(xmpp({ ca: '/dev/zero' })).rejects.toMatchObject({ code: 'bad-file' });
  await expect(xmpp({ ca: join(machines.directory, 'nowhere') })).rejects.toMatchObject({ code: 'no-such-path' });
  expect([kept('settings.json'), kept('secrets.json')]).toEqual(before);
  await expect(xmpp({})).resolves.toMatchObject({ xmpp: { jid: 'me@host.invalid' } });
});
