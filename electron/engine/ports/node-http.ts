import type * as Undici from 'undici';
import type { Redactor } from '../log/redact.ts';
import type { Host, Http, HttpRequest } from '../ports.ts';
import { serveHttp } from './node-http-server.ts';

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024 * 1024;
const MOST_REDIRECTS = 3;
/** A server that is asked every few seconds keeps its connection; one that is asked every five minutes does not. */
const KEEP_ALIVE_MS = 30_000;
const CONNECTIONS_PER_HOST = 16;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Answers that have no content; `Response` takes none for them. */
const WITHOUT_BODY = new Set([101, 204, 205, 304]);
/** Of the answer as it came over the wire; the content given back is unpacked. */
const WIRE_HEADERS = ['content-encoding', 'content-length', 'transfer-encoding'];

/** Over undici, which is loaded when something is first asked. Certificates are those of Node, with `NODE_EXTRA_CA_CERTS`. */
export function nodeHttp(env: Host['env'], redactor: Redactor): Http {
  const proxies = proxiesOf(env);
  for (const proxy of [proxies.httpProxy, proxies.httpsProxy]) learnPassword(redactor, proxy);
  let agent: Promise<{ undici: typeof Undici; dispatcher: Undici.Dispatcher }> | null = null;
  const open = async () => {
    const undici = await import('undici');
    return { undici, dispatcher: dispatcherFor(undici, proxies) };
  };
  return {
    async fetch(address, request = {}) {
      const { undici, dispatcher } = await (agent ??= open());
      return exchange((url, signal) => undici.fetch(url, { ...wired(request), redirect: 'manual', dispatcher, signal }), address, request);
    },
    serve: serveHttp,
    async close() {
      const last = await agent;
      agent = null;
      await last?.dispatcher.destroy();
    },
  };
}

interface Proxies {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  readonly noProxy: string;
}

/** Empty: none. The names are curl's, so that Git and we go the same way; of `ALL_PROXY` only HTTP proxies are known here. */
function proxiesOf(env: Host['env']): Proxies {
  const first = (...names: string[]): string => names.map((name) => env[name]).find((value) => value !== undefined && value !== '') ?? '';
  const usable = (proxy: string): string => (proxy === '' || /^https?:\/\//i.test(proxy) ? proxy : proxy.includes('://') ? '' : `http://${proxy}`);
  return {
    httpProxy: usable(first('http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY')),
    httpsProxy: usable(first('https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY')),
    noProxy: first('no_proxy', 'NO_PROXY'),
  };
}

function learnPassword(redactor: Redactor, proxy: string): void {
  if (!URL.canParse(proxy)) return;
  const { password } = new URL(proxy);
  if (password !== '') redactor.learn('proxy password', decodeURIComponent(password));
}

function dispatcherFor(undici: typeof Undici, proxies: Proxies): Undici.Dispatcher {
  const options = { keepAliveTimeout: KEEP_ALIVE_MS, connections: CONNECTIONS_PER_HOST, connect: { timeout: TIMEOUT_MS } };
  if (proxies.httpProxy === '' && proxies.httpsProxy === '') return new undici.Agent(options);
  // Plain requests go to a proxy as they are: many refuse to open a tunnel to any port but that of TLS.
  return new undici.EnvHttpProxyAgent({ ...options, ...proxies, proxyTunnel: false });
}

type RawResponse = Awaited<ReturnType<(typeof Undici)['fetch']>>;

const wired = ({ method, headers, body }: HttpRequest) => ({ method: method ?? 'GET', headers: { ...headers }, ...(body === undefined ? {} : { body }) });

async function exchange(send: (url: string, signal: AbortSignal) => Promise<RawResponse>, address: string, request: HttpRequest): Promise<Response> {
  const { signal, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES } = request;
  signal?.throwIfAborted();
  const limit = new AbortController();
  const abort = (): void => limit.abort(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(() => limit.abort(coded('ETIMEDOUT', `no whole answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    const answer = await follow(send, address, request, limit.signal);
    return finished(answer, await content(answer, maxBytes));
  } catch (error) {
    throw limit.signal.aborted ? limit.signal.reason : systemError(error);
  } finally {
    // What was not read (an answer too long) goes with its connection.
    limit.abort();
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

async function follow(send: (url: string, signal: AbortSignal) => Promise<RawResponse>, address: string, request: HttpRequest, signal: AbortSignal): Promise<RawResponse> {
  const reads = request.method === undefined || /^(?:get|head)$/i.test(request.method);
  let answer = await send(address, signal);
  for (let turn = 0; turn < MOST_REDIRECTS && reads && REDIRECTS.has(answer.status); turn += 1) {
    const next = sameOrigin(answer.url, answer.headers.get('location'));
    if (next === null) break;
    await answer.body?.cancel();
    answer = await send(next, signal);
  }
  return answer;
}

function sameOrigin(from: string, location: string | null): string | null {
  if (location === null || !URL.canParse(location, from)) return null;
  const next = new URL(location, from);
  return next.origin === new URL(from).origin ? next.href : null;
}

async function content(answer: RawResponse, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > maxBytes) throw coded('EMSGSIZE', `the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}

/** The same answer, with all of its content at hand. */
function finished(answer: RawResponse, body: Uint8Array): Response {
  const headers = new Headers([...answer.headers]);
  for (const name of WIRE_HEADERS) headers.delete(name);
  const whole = new Response(WITHOUT_BODY.has(answer.status) ? null : Buffer.from(body), { status: answer.status, statusText: answer.statusText, headers });
  // `Response` has no way to be told this.
  Object.defineProperty(whole, 'url', { value: answer.url });
  return whole;
}

const coded = (code: string, message: string): Error => Object.assign(new Error(message), { code });

/** `fetch` says "fetch failed" and keeps the reason as its cause, at times of several attempts. */
function systemError(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  const reason: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  return reason instanceof Error ? reason : error;
}
