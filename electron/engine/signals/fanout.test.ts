import { afterEach, describe, expect, it } from 'vitest';
import { RawLineClient } from '../testing/raw-line-client.ts';
import { MESH_KEY, NOTES, ROOT, SignalMachine, SPARKLESHARE_ID, tip } from '../testing/signal-machine.ts';
import { repoKey } from './doorbell.ts';

const CHANNEL = repoKey(MESH_KEY, ROOT);
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function machine(...args: Parameters<typeof SignalMachine.start>): Promise<SignalMachine> {
  const started = await SignalMachine.start(...args);
  open.push(started);
  return started;
}

/** A machine that serves, connected to itself. */
async function serving(name: string, serve = '127.0.0.1:0'): Promise<{ desk: SignalMachine; address: string }> {
  const desk = await machine(name, { fanout: { url: null, serve } });
  await desk.fanoutState('online');
  return { desk, address: desk.signals.status().fanout.serving ?? '' };
}

async function client(name: string, address: string): Promise<SignalMachine> {
  const started = await machine(name, { fanout: { url: `tcp://${address}`, serve: null } });
  await started.fanoutState('online');
  return started;
}

async function raw(address: string): Promise<RawLineClient> {
  const connected = await RawLineClient.connect(address);
  open.push(connected);
  await connected.until((packet) => packet === 'debug!connected...\n');
  return connected;
}

describe('fanout signals', () => {
  it('go both ways between the machine that serves and another one', async () => {
    const { desk, address } = await serving('desk');
    const laptop = await client('laptop', address);
    desk.announce(1);
    await laptop.ringWith(1);
    laptop.announce(2);
    await desk.ringWith(2);
    expect(laptop.rings).toEqual([{ folder: 'notes', tip: tip(1), machine: { id: '6465736b', name: 'desk' }, via: 'fanout' }]);
    expect([desk.connections, laptop.connections]).toEqual([1, 1]);
  });

  it('come back when the server does, and say so', async () => {
    const { desk, address } = await serving('desk');
    const laptop = await client('laptop', address);
    await desk.configure({});
    await laptop.until(({ status }) => status?.fanout.state !== 'online');
    await desk.configure({ fanout: { url: null, serve: address } });
    await laptop.until(({ connections }) => connections === 2);
  });

  it('are made up for on the next connection, the newest of each folder', async () => {
    const { desk, address } = await serving('desk');
    await desk.configure({});
    const settings = { fanout: { url: `tcp://${address}`, serve: null } };
    const laptop = await machine('laptop', settings, { timing: { backoff: { firstMs: 60_000, mostMs: 60_000 } } });
    await laptop.fanoutState('offline');
    laptop.announce(1);
    laptop.announce(2);
    await desk.configure({ fanout: { url: null, serve: address } });
    await desk.fanoutState('online');
    // Being configured again ends its pause.
    await laptop.configure(settings);
    await desk.ringWith(2);
    expect(desk.rings).toHaveLength(1);
  });

  it('are refused a port that is taken', async () => {
    const { address } = await serving('desk');
    const port = Number(address.split(':')[1]);
    await expect(machine('laptop', { fanout: { url: null, serve: address } })).rejects.toMatchObject({ code: 'port-taken', params: { port } });
  });

  it.each(['nonsense here', 'tcp://hub'])('are refused to be served at %j', async (serve) => {
    await expect(machine('laptop', { fanout: { url: null, serve } })).rejects.toMatchObject({ code: 'address-refused' });
  });
});

describe('the fanout server', () => {
  it('speaks to a SparkleShare client: greeting, its own announcements, time', async () => {
    const { address } = await serving('desk');
    const sparkleshare = await raw(address);
    sparkleshare.write('subscribe x\nsubscribe y\nannounce x one\nannounce y two\nping\n');
    await sparkleshare.until((packet) => /\d{9,}\n$/.test(packet));
    expect(sparkleshare.packets.join('')).toMatch(/^debug!connected\.\.\.\nx!one\ny!two\n\d+\n$/);
  });

  it('carries SparkleShare announcements both ways, once', async () => {
    const { desk, address } = await serving('desk');
    const sparkleshare = await raw(address);
    sparkleshare.write(`subscribe ${SPARKLESHARE_ID}\n`);
    sparkleshare.write(`announce ${SPARKLESHARE_ID} ${tip(1)}\nannounce ${SPARKLESHARE_ID} ${tip(1)}\n`);
    await desk.ringWith(1);
    desk.announce(2);
    await sparkleshare.until((packet) => packet === `${SPARKLESHARE_ID}!${tip(2)}\n`);
    sparkleshare.write(`announce ${SPARKLESHARE_ID} ${tip(3)}\n`);
    await desk.ringWith(3);
    expect(desk.rings.map((ring) => [ring.tip, ring.machine])).toEqual([
      [tip(1), null],
      [tip(3), null],
    ]);
  });

  it('drops who talks without end, and nobody else', async () => {
    const { desk, address } = await serving('desk');
    const laptop = await client('laptop', address);
    const endless = await raw(address);
    endless.write('x'.repeat(1_000_000));
    await endless.closed;
    const flood = await raw(address);
    flood.write('ping\n'.repeat(10_000));
    await flood.closed;
    const greedy = await raw(address);
    greedy.write(Array.from({ length: 2000 }, (_, number) => `subscribe c${number}\n`).join(''));
    await greedy.closed;
    desk.announce(1);
    await laptop.ringWith(1);
    expect(laptop.connections).toBe(1);
  });

  it('drops who does not read', async () => {
    const { address } = await serving('desk');
    const [deaf, loud] = [await raw(address), await raw(address)];
    deaf.write('subscribe x\nping\n');
    await deaf.until((packet) => /^\d+\n$/.test(packet));
    deaf.stopReading();
    for (let count = 0; count < 2500; count += 1) loud.write(`announce x ${'y'.repeat(8000)}\n`);
    loud.write('ping\n');
    await loud.until((packet) => /^\d+\n$/.test(packet));
    deaf.readAgain();
    await deaf.closed;
  });

  it('makes no ring of what is not ours', async () => {
    const { desk, address } = await serving('desk');
    const stranger = await raw(address);
    const noise = ['hello', '--upload-pack=id', tip(1), Buffer.from('{"v":1}').toString('base64url'), 'A'.repeat(8000)];
    stranger.write(`${['', 'subscribe', 'announce', '\u0000\u0001', 'announce all x', 'announce ! !'].join('\n')}\n`);
    for (const message of noise) stranger.write(`announce ${CHANNEL} ${message}\n`);
    stranger.write(`announce ${SPARKLESHARE_ID} ${tip(2)}\n`);
    await desk.ringWith(2);
    expect(desk.rings).toHaveLength(1);
  });

  it('knows a channel of a `.sparkleshare` file only when it looks like one', async () => {
    const { desk, address } = await serving('desk');
    desk.signals.setFolders([{ ...NOTES, sparkleshareId: 'x\nannounce evil y' }, { ...NOTES, folder: 'other', sparkleshareId: ` ${'c'.repeat(40)}\n` }]);
    const sparkleshare = await raw(address);
    sparkleshare.write(`announce ${'c'.repeat(40)} ${tip(1)}\n`);
    await desk.ringWith(1);
    expect(desk.rings.map((ring) => ring.folder)).toEqual(['other']);
  });
});
