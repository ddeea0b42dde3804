import { mkdtemp, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ago, sampleFolder } from '../../shared/testing/sample-state.ts';
import { createText } from '../../shared/text/text.ts';
import { LockstepError } from '../engine/errors.ts';
import { MemoryLog } from '../engine/testing/memory-log.ts';
import { scriptedEngine, type ScriptedEngine } from '../engine/testing/scripted-engine.ts';
import { attachEngine } from './attached-engine.ts';
import { connectEngine, type RemoteEngine } from './socket-client.ts';
import { serveSocket, type SocketServer } from './socket-server.ts';

const never = new AbortController().signal;
let directory: string;
const open: { close(): unknown }[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lockstep-control-'));
});
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
  await rm(directory, { recursive: true });
});

async function served(engine: ScriptedEngine, file = join(directory, 'lockstep.sock')): Promise<{ server: SocketServer; remote: RemoteEngine; file: string }> {
  const server = await serveSocket({ file, handlers: engine.handlers, text: createText(), log: new MemoryLog(), version: '0.1.0', pid: 4711 });
  open.push(server);
  const remote = await connectEngine(file);
  if (!remote) throw new Error('nobody serves');
  open.push(remote);
  return { server, remote, file };
}

describe('commands over the socket', () => {
  it('answer as in process', async () => {
    const folder = sampleFolder();
    const engine = scriptedEngine({ state: { folders: [folder] }, handlers: { show: async () => ({ bytes: Buffer.from([0, 255, 10]).toString('base64') }) } });
    const { remote } = await served(engine);
    expect(remote.pid).toBe(4711);
    expect(await remote.handlers['folder.list']({}, never)).toEqual([folder]);
    expect(await remote.handlers.show({ id: 'notes', commit: 'abc', path: 'a' }, never)).toEqual({ bytes: 'AP8K' });
    expect(engine.asked).toEqual([{ command: 'folder.list', input: {} }, { command: 'show', input: { id: 'notes', commit: 'abc', path: 'a' } }]);
  });

  it('get their defaults at the server', async () => {
    const engine = scriptedEngine({ handlers: { sync: async () => ({ folders: [] }) } });
    const { remote } = await served(engine);
    // What a caller leaves out is filled in by the schema at the other end.
    await (remote.handlers.sync as (input: object, signal: AbortSignal) => Promise<unknown>)({}, never);
    expect(engine.asked).toEqual([{ command: 'sync', input: { timeoutS: 120 } }]);
  });

  it('fail with code, values and sentence, without a secret', async () => {
    const refused = new LockstepError('address-refused', { url: 'https://me:hunter22@example.org/x', reason: 'no' });
    const engine = scriptedEngine({ handlers: { 'folder.add': () => Promise.reject(refused), history: () => Promise.reject(new TypeError('surprise')) } });
    const { remote } = await served(engine);
    await expect(remote.handlers['folder.add']({ path: '/x', paused: false, options: {} }, never)).rejects.toMatchObject({
      code: 'address-refused',
      failure: { message: 'The address https://me:[redacted]@example.org/x is not used: no.' },
    });
    await expect(remote.handlers.history({ id: 'x', limit: 5 }, never)).rejects.toMatchObject({ code: 'internal' });
    await expect(remote.handlers.history({ id: '', limit: 5 }, never)).rejects.toMatchObject({ code: 'usage' });
    await expect(remote.handlers.doctor({}, never)).rejects.toMatchObject({ code: 'not-available' });
  });

  it('are told when the program goes away', async () => {
    const engine = scriptedEngine({ handlers: { sync: (_input, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new LockstepError('cancelled')))) } });
    const { remote, server } = await served(engine);
    const asked = remote.handlers.sync({ timeoutS: 60 }, never);
    await expect.poll(() => engine.asked.length).toBe(1);
    await Promise.all([server.close(), expect(asked).rejects.toBeInstanceOf(LockstepError)]);
    await remote.closed;
  });

  it('are ended at the server when the asker gives up', async () => {
    let ended = false;
    const engine = scriptedEngine({ handlers: { sync: (_input, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => (ended = true) && reject(new LockstepError('cancelled')))) } });
    const { remote } = await served(engine);
    const giving = new AbortController();
    const asked = remote.handlers.sync({ timeoutS: 60 }, giving.signal);
    await expect.poll(() => engine.asked.length).toBe(1);
    giving.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => ended).toBe(true);
  });
});

describe('the socket', () => {
  it('is reachable below a home with a very long path, and only for its owner', async () => {
    const { file } = await served(scriptedEngine(), join(directory, 'x'.repeat(200), 'y'.repeat(200), 'lockstep.sock'));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('takes the place of one that was left over, and is gone after the end', async () => {
    const file = join(directory, 'lockstep.sock');
    await (await serveSocket({ file, handlers: scriptedEngine().handlers, text: createText(), log: new MemoryLog(), version: '0', pid: 1 })).close();
    expect(await connectEngine(file)).toBeNull();
    const { server } = await served(scriptedEngine());
    await server.close();
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('keeps little ready for whoever asks much and reads nothing', async () => {
    let made = 0;
    const large = 'x'.repeat(4 * 1024 * 1024);
    const { file } = await served(scriptedEngine({ handlers: { 'signal.pair': async () => ({ code: ((made += 1), large) }) } }));
    const slow = connect(file);
    open.push({ close: () => slow.destroy() });
    slow.write(Array.from({ length: 200 }, (_, id) => `{"id":${id},"command":"signal.pair","input":{}}\n`).join(''));
    const before = process.memoryUsage().rss;
    await expect.poll(() => made).toBe(200);
    await new Promise((resolve) => setImmediate(resolve));
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    slow.resume();
    let bytes = 0;
    slow.on('data', (chunk: Buffer) => (bytes += chunk.length));
    await expect.poll(() => bytes, { timeout: 20_000 }).toBeGreaterThan(200 * large.length);
  });

  it('closes on more that has no end than all together may leave lying', async () => {
    const { remote, file } = await served(scriptedEngine());
    const unfinished = Array.from({ length: 6 }, () => connect(file));
    const closed = unfinished.map((socket) => new Promise((resolve) => socket.on('error', () => undefined).resume().once('close', resolve)));
    for (const socket of unfinished) socket.write('x'.repeat(15 * 1024 * 1024));
    await Promise.race(closed);
    expect(await remote.handlers['folder.list']({}, never)).toEqual([]);
    for (const socket of unfinished) socket.destroy();
    await Promise.all(closed);
    const another = connect(file);
    open.push({ close: () => another.destroy() });
    another.write(`${'x'.repeat(15 * 1024 * 1024)}`);
    expect(await remote.handlers['folder.list']({}, never)).toEqual([]);
    expect(another.destroyed).toBe(false);
  });

  it.each(['not json\n', '{"id":1}\n', `{"id":1,"command":"${'x'.repeat(17 * 1024 * 1024)}`])('closes on what is not a request, and goes on for others (%#)', async (bytes) => {
    const { remote, file } = await served(scriptedEngine());
    const rude = connect(file);
    rude.on('error', () => undefined);
    rude.resume();
    rude.write(bytes);
    await new Promise((resolve) => rude.once('close', resolve));
    expect(await remote.handlers['folder.list']({}, never)).toEqual([]);
  });
});

describe('an attached engine', () => {
  it('follows the state and tells when it is lost', async () => {
    const engine = scriptedEngine();
    const { server, file } = await served(engine);
    const attached = await attachEngine(file);
    if (!attached) throw new Error('nobody serves');
    open.push(attached);
    expect(attached.store.get().folders).toEqual([]);
    const seen = new Promise<string | undefined>((resolve) => attached.store.subscribe(({ folders }) => folders[0] && resolve(folders[0].name)));
    engine.store.update(() => ({ folders: [sampleFolder({ since: ago(1) })] }));
    expect(await seen).toBe('notes');
    await server.close();
    await attached.lost;
  });
});
