import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpLimits, ServedAnswer, ServedRequest } from '../ports.ts';
import { serveHttp } from './node-http-server.ts';

const LIMITS: HttpLimits = { maxBytes: 1_000, timeoutMs: 30_000, connections: 8 };
const opened: { close(): Promise<void> }[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const each of opened.splice(0)) await each.close();
});

async function serve(answer: (request: ServedRequest) => Promise<ServedAnswer>, limits: Partial<HttpLimits> = {}): Promise<number> {
  const listener = await serveHttp({ host: '127.0.0.1', port: 0 }, { ...LIMITS, ...limits }, answer);
  opened.push(listener);
  return listener.port;
}

/** What comes back for these bytes, until the other side ends it. */
async function said(port: number, ...texts: readonly string[]): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  sockets.push(socket);
  socket.on('error', () => undefined);
  for (const text of texts) socket.write(text);
  let heard = '';
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')));
  await new Promise((resolve) => socket.once('close', resolve));
  return heard;
}

const status = (heard: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1] ?? 0);

describe('a request', () => {
  it('comes whole, with its headers joined', async () => {
    const heard: ServedRequest[] = [];
    const port = await serve(async (request) => {
      heard.push(request);
      return { status: 201, headers: { 'x-kind': 'some' }, body: 'thanks' };
    });
    const answer = await said(port, 'POST /a?b=c HTTP/1.1\r\nHost: here\r\nX-Two: 1\r\nX-Two: 2\r\nContent-Length: 4\r\nConnection: close\r\n\r\n', 'bo', 'dy');
    expect([status(answer), answer.includes('x-kind: some'), answer.endsWith('thanks')]).toEqual([201, true, true]);
    expect(heard).toMatchObject([{ method: 'POST', target: '/a?b=c', headers: { host: 'here', 'x-two': '1, 2' } }]);
    expect(heard[0]?.body.toString()).toBe('body');
  });

  it('that is longer than allowed is not read, whether it says so or not', async () => {
    let asked = 0;
    const port = await serve(async () => ({ status: (asked += 1) && 200, body: '' }));
    expect(status(await said(port, 'POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 1001\r\n\r\n'))).toBe(413);
    expect(status(await said(port, 'POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n', `3e9\r\n${'x'.repeat(1001)}\r\n`))).toBe(413);
    expect(asked).toBe(0);
  });

  it('that does not come to its end is let go of', async () => {
    const port = await serve(async () => ({ status: 200, body: '' }), { timeoutMs: 100 });
    expect(status(await said(port, 'POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nhalf'))).toBe(408);
    expect(status(await said(port, 'POST / HTTP/1.1\r\nHo'))).toBe(408);
  });

  it('that is none ends the connection', async () => {
    const port = await serve(async () => ({ status: 200, body: '' }));
    for (const text of ['hello\r\n\r\n', 'GET / HTTP/1.1\r\nHost: here\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`]) expect(status(await said(port, text))).toBeGreaterThanOrEqual(400);
  });
});

describe('an answer', () => {
  it('that takes too long is not waited for', async () => {
    const port = await serve(() => new Promise(() => undefined), { timeoutMs: 100 });
    expect(status(await said(port, 'GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n'))).toBe(503);
  });

  it('that cannot be made tells nothing of why', async () => {
    const port = await serve(async () => {
      throw new Error('canary reason');
    });
    const heard = await said(port, 'GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n');
    expect([status(heard), heard.includes('canary')]).toEqual([500, false]);
  });
});

it('more than so many connections are not taken', async () => {
  const port = await serve(async () => ({ status: 200, body: '' }), { connections: 2 });
  const held = [connect({ host: '127.0.0.1', port }), connect({ host: '127.0.0.1', port })];
  sockets.push(...held);
  await Promise.all(held.map((socket) => once(socket, 'connect')));
  expect(await said(port, 'GET / HTTP/1.1\r\nHost: here\r\n\r\n')).toBe('');
});
