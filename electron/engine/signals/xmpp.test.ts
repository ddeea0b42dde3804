import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startProsody, type TestProsody } from '../testing/prosody.ts';
import { MESH_KEY, REMOTE_URL, ROOT, SignalMachine, tip } from '../testing/signal-machine.ts';
import { XmppPeer } from '../testing/xmpp-peer.ts';
import { repoKey, sealDoorbell } from './doorbell.ts';
import { child, xmlElement, type XmlElement } from './xml-element.ts';
import { NS_DOORBELL } from './xmpp-stanzas.ts';

const PUBSUB = 'http://jabber.org/protocol/pubsub';
let server: TestProsody;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  server = await startProsody({ accounts: ['alice', 'bob', 'carol', 'dave'] });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});
afterAll(() => server.close());

const account = (local = 'alice', service = server.service) => ({ xmpp: { jid: `${local}@localhost`, service, ca: server.caFile } });

async function machine(name: string, settings: Parameters<typeof SignalMachine.start>[1] = account(), options: Parameters<typeof SignalMachine.start>[2] = {}): Promise<SignalMachine> {
  const started = await SignalMachine.start(name, settings, options);
  open.push(started);
  return started;
}

async function online(name: string, ...rest: [Parameters<typeof SignalMachine.start>[1]?, Parameters<typeof SignalMachine.start>[2]?]): Promise<SignalMachine> {
  const started = await machine(name, ...rest);
  await started.xmppState('online');
  return started;
}

async function peer(local: string, resource: string, priority = '0'): Promise<XmppPeer> {
  const connected = await XmppPeer.connect(server, local, resource);
  open.push(connected);
  await connected.send('presence', {}, [xmlElement('priority', null, {}, [priority])]);
  return connected;
}

/** The full address of a machine, as another resource of the account learns it. */
const lockstepAddress = async (from: XmppPeer): Promise<string> => (await from.until((stanza) => isPresence(stanza, '/lockstep-'))).attrs['from'] ?? '';
const isPresence = (stanza: XmlElement, resource: string): boolean => stanza.name === 'presence' && (stanza.attrs['from'] ?? '').includes(resource);

const sealed = (number: number, counter: number): string =>
  sealDoorbell({ repo: repoKey(MESH_KEY, ROOT), tip: tip(number), machine: { id: 'ffffffff', name: 'other' }, counter }, MESH_KEY);
const doorbell = (text: string): XmlElement => xmlElement('doorbell', NS_DOORBELL, {}, [text]);
/** Type of the answer to somebody who wants to read the account's node. */
async function readingNode(reader: XmppPeer, owner: string): Promise<string | undefined> {
  const id = `read${reader.heard.length}`;
  await reader.send('iq', { type: 'get', id, to: owner }, [xmlElement('pubsub', PUBSUB, {}, [xmlElement('items', null, { node: NS_DOORBELL })])]);
  return (await reader.until((stanza) => stanza.attrs['id'] === id)).attrs['type'];
}
const openForm = (): XmlElement =>
  xmlElement('x', 'jabber:x:data', { type: 'submit' }, [
    xmlElement('field', null, { var: 'FORM_TYPE', type: 'hidden' }, [xmlElement('value', null, {}, [`${PUBSUB}#node_config`])]),
    xmlElement('field', null, { var: 'pubsub#access_model' }, [xmlElement('value', null, {}, ['open'])]),
  ]);
const tips = (of: SignalMachine): (string | null)[] => of.rings.map((ring) => ring.tip);

describe('XMPP signals', () => {
  it('reach the other machine, and not the one that rang', async () => {
    const [desk, laptop] = await Promise.all([online('desk'), online('laptop')]);
    desk.announce(1);
    await laptop.ringWith(1);
    laptop.announce(2);
    await desk.ringWith(2);
    expect(laptop.rings).toEqual([{ folder: 'notes', tip: tip(1), machine: { id: '6465736b', name: 'desk' }, via: 'xmpp' }]);
    expect(tips(desk)).toEqual([tip(2)]);
    expect(laptop.signals.machines()).toMatchObject([
      { name: 'laptop', self: true, tips: { notes: tip(2) } },
      { name: 'desk', self: false, via: 'xmpp', tips: { notes: tip(1) } },
    ]);
  });

  it('are kept from contacts and strangers: only the account may read the node', async () => {
    const [desk, laptop] = await Promise.all([online('desk'), online('laptop')]);
    const bob = await peer('bob', 'phone');
    desk.announce(3);
    await laptop.ringWith(3);
    expect(await readingNode(bob, 'alice@localhost')).toBe('error');
  });

  it('take over a node that stands open', async () => {
    const [owner, carol] = await Promise.all([peer('bob', 'phone'), peer('carol', 'phone')]);
    await owner.send('iq', { type: 'set', id: 'create' }, [xmlElement('pubsub', PUBSUB, {}, [xmlElement('create', null, { node: NS_DOORBELL }), xmlElement('configure', null, {}, [openForm()])])]);
    expect((await owner.until((stanza) => stanza.attrs['id'] === 'create')).attrs['type']).toBe('result');
    expect(await readingNode(carol, 'bob@localhost')).toBe('result');
    const [desk, laptop] = await Promise.all([online('desk', account('bob')), online('laptop', account('bob'))]);
    desk.announce(1);
    await laptop.ringWith(1);
    expect(await readingNode(carol, 'bob@localhost')).toBe('error');
  });

  it('work with TLS from the first byte', async () => {
    await online('desk', account('alice', server.directService));
  });

  it('come back when the server does, and say so each time', async () => {
    const [desk, laptop] = await Promise.all([online('desk'), online('laptop')]);
    await server.stop();
    await Promise.all([desk, laptop].map((each) => each.until(({ status }) => status?.xmpp.state !== 'online')));
    await server.start();
    await Promise.all([desk, laptop].map((each) => each.until(({ connections }) => connections === 2)));
    desk.announce(4);
    await laptop.ringWith(4);
  });

  it('try a rejected password once, and the right one at once when it is given', async () => {
    const desk = await machine('desk', account(), { password: 'wrong' });
    await desk.xmppState('auth-failed');
    expect(desk.log.lines.filter(({ message }) => message === 'xmpp not connected')).toHaveLength(1);
    await desk.configure(account());
    await desk.xmppState('online');
  });

  it('refuse a certificate that nobody vouches for', async () => {
    const desk = await machine('desk', { xmpp: { jid: 'alice@localhost', service: server.service, ca: null } });
    await desk.xmppState('tls-failed');
  });

  it('refuse a server that offers no encryption', async () => {
    const clear = await startProsody({ encryption: false });
    open.push(clear);
    const desk = await machine('desk', { xmpp: { jid: 'alice@localhost', service: clear.service, ca: clear.caFile } });
    await desk.xmppState('tls-failed');
    expect(desk.log.lines).toMatchObject([{ fields: { reason: 'the server offers no encryption' } }]);
  });

  it('go from machine to machine where the server keeps no nodes', async () => {
    const plain = await startProsody({ pep: false });
    open.push(plain);
    const settings = { xmpp: { jid: 'alice@localhost', service: plain.service, ca: plain.caFile } };
    const desk = await online('desk', settings);
    desk.announce(5);
    // It comes online after the announcement: presence brings it.
    const laptop = await online('laptop', settings);
    await laptop.ringWith(5);
    laptop.announce(6);
    await desk.ringWith(6);
  });
});

describe('XMPP signals of others', () => {
  it('are ignored when they come from another account, in a wrapper, or without our key', async () => {
    const laptop = await online('laptop', account('carol'));
    const [bob, thief] = await Promise.all([peer('bob', 'phone'), peer('carol', 'thief')]);
    const to = await lockstepAddress(thief);
    const bell = xmlElement('message', 'jabber:client', { from: 'carol@localhost/desk', to }, [doorbell(sealed(1, 9e12))]);
    const forwarded = xmlElement('forwarded', 'urn:xmpp:forward:0', {}, [bell]);
    await bob.send('message', { to }, [doorbell(sealed(1, 9e12))]);
    await bob.send('message', { to }, [xmlElement('received', 'urn:xmpp:carbons:2', {}, [forwarded])]);
    await bob.send('message', { to }, [forwarded]);
    await thief.send('message', { to }, [xmlElement('delay', 'urn:xmpp:delay', { stamp: '2026-01-01T00:00:00Z' }), doorbell(sealed(1, 9e12))]);
    await thief.send('message', { to }, [doorbell(sealDoorbell({ repo: repoKey(MESH_KEY, ROOT), tip: tip(1), machine: { id: 'ffffffff', name: 'x' }, counter: 9e12 }, Buffer.alloc(16)))]);
await Promise.all([bob.settle(), thief.settle()]);
    // The same doorbell, sent as it should be, shows that nothing but the way was wrong.
    await thief.send('message', { to }, [doorbell(sealed(2, 9e12))]);
    await laptop.ringWith(2);
    expect(tips(laptop)).toEqual([tip(2)]);
  });

  it('ring once, however often they are repeated, also after a restart', async () => {
    const laptop = await machine('laptop', account('carol'));
    const thief = await peer('carol', 'thief');
    await laptop.xmppState('online');
    const to = await lockstepAddress(thief);
    for (const bell of [sealed(1, 9e12), sealed(1, 9e12), sealed(2, 8e12)]) await thief.send('message', { to }, [doorbell(bell)]);
    await laptop.ringWith(1);
    await laptop.signals.close();
    await thief.until((stanza) => isPresence(stanza, to) && stanza.attrs['type'] === 'unavailable');
    thief.heard.splice(0);
    const restarted = await online('laptop', account('carol'), { directory: laptop.directory });
    const again = await lockstepAddress(thief);
    for (const bell of [sealed(1, 9e12), sealed(3, 9e12 + 1)]) await thief.send('message', { to: again }, [doorbell(bell)]);
    await restarted.ringWith(3);
    expect([tips(laptop), tips(restarted)]).toEqual([[tip(1)], [tip(3)]]);
  });
});

describe('dvcs-autosync', () => {
  it('is heard', async () => {
    const laptop = await online('laptop', account('dave'));
    const bot = await peer('dave', 'AutosyncJabberBot on desk');
    await bot.send('presence', { to: 'dave@localhost' });
    await bot.chat('dave@localhost', 'login AutosyncJabberBot on desk');
    // Its messages go to the bare address, which only priorities from zero up reach.
    await bot.until((stanza) => isPresence(stanza, '/lockstep-') && child(stanza, 'priority', null)?.children[0] === '0');
    await bot.chat('dave@localhost', `pushed ${REMOTE_URL}\n`);
    await laptop.until(({ rings }) => rings.length > 0);
    expect(laptop.rings).toEqual([{ folder: 'notes', tip: null, machine: null, via: 'xmpp' }]);
  });

  it('is spoken to while it is online, in its own words, and never otherwise', async () => {
    const laptop = await online('laptop', account('dave'));
    const phone = await peer('dave', 'phone');
    laptop.announce(1);
    await phone.settle();
    const bot = await peer('dave', 'AutosyncJabberBot on desk');
    await bot.until((stanza) => isPresence(stanza, '/lockstep-') && child(stanza, 'priority', null)?.children[0] === '0');
    laptop.announce(2);
    await bot.until((stanza) => child(stanza, 'body', null) !== undefined);
    await bot.chat('dave@localhost', 'ping');
    await bot.settle();
    await bot.close();
    await phone.until((stanza) => isPresence(stanza, '/AutosyncJabberBot') && stanza.attrs['type'] === 'unavailable');
    const listener = await online('listener', account('dave'));
    laptop.announce(3);
    await listener.ringWith(3);
    await phone.settle();
    expect(phone.bodies()).toEqual([`pushed ${REMOTE_URL}`, 'ping']);
    expect(bot.bodies()).toEqual([`pushed ${REMOTE_URL}`, 'ping']);
  });
});
