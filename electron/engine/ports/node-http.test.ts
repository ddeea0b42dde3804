import { createServer, request as ask, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Redactor } from '../log/redact.ts';
import type { Host, Http } from '../ports.ts';
import { makeCertificate } from '../testing/certificate.ts';
import { freePort } from '../testing/free-port.ts';
import { nodeHttp } from './node-http.ts';

const opened: { close(): unknown }[] = [];
const servers: Server[] = [];
let http: Http;
const withEnv = (env: Host['env']): Http => {
  const made = nodeHttp(env, new Redactor());
  opened.push(made);
  return made;
};
beforeEach(() => void (http = withEnv({})));
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

describe('an exchange', () => {
  it('carries method, headers and body, and gives back status, headers and content', async () => {
    const base = await serve((request, response) => {
      response.writeHead(201, { 'content-type': 'application/json', etag: '"1"' });
      void read(request).then((body) => response.end(JSON.stringify({ method: request.method, kind: request.headers['x-kind'], body })));
    });
    const answer = await http.fetch(`${base}/a?b=c`, { method: 'POST', headers: { 'x-kind': 'some' }, body: 'körper' });
    expect([answer.status, answer.headers.get('etag'), answer.url, await answer.json()]).toEqual([201, '"1"', `${base}/a?b=c`, { method: 'POST', kind: 'some', body: 'körper' }]);
  });

  it('unpacks, and keeps its connection', async () => {
    const ports = new Set<number | undefined>();
    const base = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed'));
    });
    for (let turn = 0; turn < 5; turn += 1) expect(await (await http.fetch(base)).text()).toBe('packed');
    expect(ports.size).toBe(1);
  });

  it.each([204, 304])('of status %i has no content', async (status) => {
    const base = await serve((_, response) => void response.writeHead(status).end());
    expect([(await http.fetch(base)).status, await (await http.fetch(base)).text()]).toEqual([status, '']);
  });
});

describe('a redirection', () => {
  const heard: string[] = [];
  beforeEach(() => void heard.splice(0));
  const pointing = (status: number, to: () => string) =>
    serve((request, response) => {
      heard.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      if (request.url === '/new') response.end('here');
      else response.writeHead(status, { location: to() }).end();
    });

  it('to the same server is followed when something is read', async () => {
    const base = await pointing(301, () => '/new');
    const answer = await http.fetch(`${base}/old`, { headers: { authorization: 'Bearer canary-1' } });
    expect([answer.url, await answer.text()]).toEqual([`${base}/new`, 'here']);
  });

  it('is not followed when something is changed', async () => {
    const base = await pointing(307, () => '/new');
    expect((await http.fetch(`${base}/old`, { method: 'POST', body: 'x' })).status).toBe(307);
    expect(heard).toHaveLength(1);
  });

  it('to another host or port is not followed: no header goes there', async () => {
    const other = await serve((request, response) => {
      heard.push('elsewhere');
      response.end('elsewhere');
    });
    const base = await pointing(301, () => `${other}/new`);
    const answer = await http.fetch(`${base}/old`, { headers: { authorization: 'Bearer canary-1' } });
    expect([answer.status, answer.headers.get('location'), heard.includes('elsewhere')]).toEqual([301, `${other}/new`, false]);
  });

  it('in a circle ends', async () => {
    const base = await pointing(302, () => '/old');
    expect((await http.fetch(`${base}/old`)).status).toBe(302);
    expect(heard).toHaveLength(4);
  });
});

describe('what goes wrong', () => {
  it('keeps the system\'s code when nobody listens', async () => {
    await expect(http.fetch(`http://127.0.0.1:${await freePort()}`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('ends when the server says nothing, or stops in the middle', async () => {
    const base = await serve((request, response) => {
      if (request.url === '/half') response.writeHead(200, { 'content-length': '10' }).write('half');
    });
    for (const path of ['/silent', '/half']) await expect(http.fetch(base + path, { timeoutMs: 200 })).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  });

  it('is an error when the answer breaks off', async () => {
    const base = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setImmediate(() => response.destroy());
    });
    await expect(http.fetch(base)).rejects.toBeInstanceOf(Error);
  });

  it('is an error when the answer is longer than allowed, packed or not', async () => {
    const base = await serve((_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_000_000))));
    await expect(http.fetch(base, { maxBytes: 10_000 })).rejects.toMatchObject({ code: 'EMSGSIZE' });
  });

  it('ends with its signal', async () => {
    const base = await serve(() => undefined);
    const ending = new AbortController();
    const asked = http.fetch(base, { signal: ending.signal });
    ending.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    await expect(http.fetch(base, { signal: ending.signal })).rejects.toThrow('enough');
  });

  it('is an error when the certificate is not one that we trust', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'lockstep-http-'));
    const { certFile, keyFile } = await makeCertificate(directory);
    const server = createTlsServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) }, (_, response) => void response.end());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    await expect(http.fetch(`https://127.0.0.1:${(server.address() as AddressInfo).port}`)).rejects.toMatchObject({ code: expect.stringMatching(/CERT|SIGNED/) as string });
    server.close();
    rmSync(directory, { recursive: true });
  });
});

describe('a proxy', () => {
  /** Passes on what it is asked to, by its full address or through a tunnel. */
  async function proxy(heard: string[]): Promise<string> {
    const server = createServer((request, response) => {
      heard.push(`${request.url} ${request.headers['proxy-authorization']}`);
      ask(request.url ?? '', { method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }).end();
    });
    server.on('connect', (request, socket) => {
      heard.push(`CONNECT ${request.url} ${request.headers['proxy-authorization']}`);
      const [host, port] = (request.url ?? '').split(':');
      const onward = connect({ host, port: Number(port) }, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      socket.on('error', () => undefined);
      onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    });
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('is used with its name and password, and not for what NO_PROXY names', async () => {
    const heard: string[] = [];
    const address = await proxy(heard);
    const base = await serve((_, response) => void response.end('reached'));
    const through = withEnv({ http_proxy: `http://robin:canary-9@${address}` });
    expect(await (await through.fetch(base)).text()).toBe('reached');
    expect(heard).toEqual([`${base}/ Basic ${Buffer.from('robin:canary-9').toString('base64')}`]);
    const past = withEnv({ http_proxy: `http://${address}`, NO_PROXY: '127.0.0.1' });
    expect(await (await past.fetch(base)).text()).toBe('reached');
    expect(heard).toHaveLength(1);
  });

  it('opens a tunnel for TLS', async () => {
    const heard: string[] = [];
    const through = withEnv({ HTTPS_PROXY: `http://robin:canary-9@${await proxy(heard)}` });
    const port = await freePort();
    await expect(through.fetch(`https://127.0.0.1:${port}`)).rejects.toBeInstanceOf(Error);
    expect(heard).toEqual([`CONNECT 127.0.0.1:${port} Basic ${Buffer.from('robin:canary-9').toString('base64')}`]);
  });
});
