import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../ports.ts';
import { nodeNet } from './node-net.ts';

const never = new AbortController().signal;

describe('a connection', () => {
  it('carries bytes both ways and ends with its listener', async () => {
    const server = await nodeNet.listen({ host: '127.0.0.1', port: 0 }, ({ readable, writable }) => readable.pipe(writable));
    const client = await nodeNet.connect(server, never);
    const echoed = new Promise((resolve) => client.readable.once('data', (data: Buffer) => resolve(data.toString())));
    client.writable.write('ring');
    expect(await echoed).toBe('ring');
    client.readable.resume();
    await Promise.all([server.close(), client.closed]);
    expect(client.remote).toBe(`127.0.0.1:${server.port}`);
  });

  it('gives what was sent before the other side closed', async () => {
    const server = await nodeNet.listen({ host: '127.0.0.1', port: 0 }, ({ writable }) => void writable.end('bye'));
    const client: Connection = await nodeNet.connect(server, never);
    expect(await text(client.readable)).toBe('bye');
    await server.close();
  });
});

describe('refusals', () => {
  it('are thrown with the system\'s code', async () => {
    const server = await nodeNet.listen({ host: '127.0.0.1', port: 0 }, () => undefined);
    await expect(nodeNet.listen(server, () => undefined)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await server.close();
    await expect(nodeNet.connect(server, never)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('of a caller who no longer wants it', async () => {
    const server = await nodeNet.listen({ host: '127.0.0.1', port: 0 }, () => undefined);
    await expect(nodeNet.connect(server, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    const controller = new AbortController();
    const connecting = nodeNet.connect(server, controller.signal);
    controller.abort(new Error('stopped'));
    await expect(connecting).rejects.toThrow('stopped');
    await server.close();
  });
});
