import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Http, HttpLimits, ServedAnswer, ServedRequest } from '../ports.ts';

/** How often Node looks for requests that take too long. */
const LOOK_EVERY_MS = 1_000;
const KEEP_ALIVE_MS = 5_000;
const REQUESTS_PER_CONNECTION = 100;
const LINGER_MS = 2_000;

type Answer = (request: ServedRequest) => Promise<ServedAnswer>;

/** Closing it ends the connections it accepted. */
export const serveHttp: Http['serve'] = async ({ host, port }, limits, answer) => {
  const server = createServer({ requestTimeout: limits.timeoutMs, headersTimeout: limits.timeoutMs, connectionsCheckingInterval: LOOK_EVERY_MS, keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => void serveOne(request, response, limits, answer));
  server.maxConnections = limits.connections;
  server.maxRequestsPerSocket = REQUESTS_PER_CONNECTION;
  await listening(server, host, port);
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const listening = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      // Out of file descriptors while accepting: that peer goes without, the listener stays.
      server.on('error', () => undefined);
      resolve();
    });
  });

async function serveOne(request: IncomingMessage, response: ServerResponse, limits: HttpLimits, answer: Answer): Promise<void> {
  // A peer that leaves is no trouble of ours.
  for (const stream of [request, response]) stream.on('error', () => undefined);
  const body = await read(request, limits.maxBytes).catch(() => null);
  if (body === null) return;
  if (body === 'too-long') return refuse(request, response, 413);
  const { method = 'GET', url = '/' } = request;
  const made = await inTime(answer({ method, target: url, headers: joined(request), body }), limits.timeoutMs);
  if (made === 'late') return refuse(request, response, 503);
  response.writeHead(made.status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', 'content-length': String(Buffer.byteLength(made.body)), ...made.headers }).end(method === 'HEAD' ? '' : made.body);
}

/** Who is in the middle of sending hears it only while we go on reading; for a moment we do, and keep nothing. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  const timer = setTimeout(() => !request.complete && request.socket.destroy(), LINGER_MS);
  request.socket.once('close', () => clearTimeout(timer));
  request.once('end', () => clearTimeout(timer));
  request.resume();
  response.writeHead(status, { 'content-length': '0' }).end();
}

async function read(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'too-long'> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return 'too-long';
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else resolve('too-long');
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('close', () => reject(new Error('it left')));
  });
}

const joined = ({ headers }: IncomingMessage): Record<string, string | undefined> => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));

/** An answer that cannot be made is the handler's to tell of: a surprise is not shown to whoever asked. */
function inTime(answer: Promise<ServedAnswer>, timeoutMs: number): Promise<ServedAnswer | 'late'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('late'), timeoutMs);
    const settle = (made: ServedAnswer): void => {
      clearTimeout(timer);
      resolve(made);
    };
    answer.then(settle, () => settle({ status: 500, body: '' }));
  });
}
