import { resolveSrv } from 'node:dns/promises';
import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { systemCode } from '../errors.ts';

/** Where a server listens, and whether TLS begins at once (XEP-0368) or after STARTTLS (RFC 6120, 5). */
interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly direct: boolean;
}

/** No encrypted connection, or not to whom it should be: the certificate, the protocol, or STARTTLS not offered. */
export class TlsFailure extends Error {}

const STARTTLS_PORT = 5222;
const DIRECT_PORT = 5223;
/** What a server may say before TLS: a stream header and its features. */
const MAX_CLEAR_CHARS = 16_384;
const MAX_ENDPOINTS = 6;

/**
 * An encrypted connection to the domain's server, its certificate checked for the domain; rejects with `TlsFailure`, with
 * what the system says, or with the signal's reason. Nothing that the server said in clear is believed or kept.
 * `service`: `xmpp://HOST:PORT` or `xmpps://HOST:PORT`; null: by DNS. `ca`: trust only these certificates.
 */
export async function connectSecurely(target: { domain: string; service: string | null; ca: Buffer | null }, signal: AbortSignal): Promise<TLSSocket> {
  const endpoints = target.service === null ? await endpointsOf(target.domain) : [endpointOf(target.service)];
  let failure: unknown = new Error(`no XMPP server at ${target.domain}`);
  for (const endpoint of endpoints.slice(0, MAX_ENDPOINTS)) {
    signal.throwIfAborted();
    try {
      return await connectTo(endpoint, target, signal);
    } catch (error) {
      failure = error;
    }
  }
  signal.throwIfAborted();
  throw failure;
}

function endpointOf(service: string): Endpoint {
  const { protocol, hostname, port } = new URL(service);
  const direct = protocol === 'xmpps:';
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (direct ? DIRECT_PORT : STARTTLS_PORT), direct };
}

async function endpointsOf(domain: string): Promise<Endpoint[]> {
  const records = async (name: string, direct: boolean) => {
    // No such record, or no DNS server that knows: the domain itself is tried.
    const found = await resolveSrv(`${name}.${domain}`).catch(() => []);
    return found.filter((record) => record.name !== '' && record.name !== '.').map((record) => ({ ...record, host: record.name, direct }));
  };
  const found = (await Promise.all([records('_xmpps-client._tcp', true), records('_xmpp-client._tcp', false)])).flat();
  found.sort((a, b) => a.priority - b.priority || b.weight - a.weight);
  return found.length > 0 ? found : [{ host: domain, port: STARTTLS_PORT, direct: false }];
}

async function connectTo(endpoint: Endpoint, { domain, ca }: { domain: string; ca: Buffer | null }, signal: AbortSignal): Promise<TLSSocket> {
  const tcp = connectTcp({ host: endpoint.host, port: endpoint.port });
  // Whoever waits sees it by other means; unheard it would end the program.
  tcp.on('error', () => undefined);
  const abort = (): void => void tcp.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    await once(tcp, 'connect', { signal });
    tcp.setNoDelay(true);
    tcp.setKeepAlive(true, 30_000);
    if (!endpoint.direct) await startTls(tcp, domain);
    return await encrypted(tcp, endpoint, { domain, ca }, signal);
  } catch (error) {
    tcp.destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Until the server is ready for TLS. A few patterns do for a parser: nothing here can be trusted, and at worst the handshake fails. */
async function startTls(tcp: Socket, domain: string): Promise<void> {
  tcp.write(`<?xml version='1.0'?><stream:stream to='${domain}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`);
  const features = await clearText(tcp, /<\/(?:\w+:)?features>|<(?:\w+:)?features\s*\/>|<\/(?:\w+:)?stream>/);
  if (!/<starttls[\s/>]/.test(features)) throw new TlsFailure('the server offers no encryption');
  tcp.write("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
  if (!/<proceed[\s/>]/.test(await clearText(tcp, /<(?:proceed|failure)[^>]*>/))) throw new TlsFailure('the server refused to encrypt');
}

/** What comes until the pattern matches. */
function clearText(tcp: Socket, until: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const settle = (done: () => void): void => {
      tcp.off('data', data).off('error', failed).off('close', closed);
      done();
    };
    const failed = (error: Error): void => settle(() => reject(error));
    const closed = (): void => failed(new Error('connection closed before encryption'));
    const data = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      if (until.test(text)) settle(() => resolve(text));
      else if (text.length > MAX_CLEAR_CHARS) failed(new TlsFailure('the server talks without end before encryption'));
    };
    tcp.on('data', data).on('error', failed).on('close', closed);
  });
}

async function encrypted(tcp: Socket, { direct }: Endpoint, { domain, ca }: { domain: string; ca: Buffer | null }, signal: AbortSignal): Promise<TLSSocket> {
  const tls = connectTls({
    socket: tcp,
    host: domain,
    ...(isIP(domain) ? {} : { servername: domain }),
    ...(ca ? { ca } : {}),
    ...(direct ? { ALPNProtocols: ['xmpp-client'] } : {}),
    minVersion: 'TLSv1.2',
  });
  try {
    await once(tls, 'secureConnect', { signal });
    return tls;
  } catch (error) {
    tls.destroy();
    signal.throwIfAborted();
    // The network's own errors are no statement about the server's identity.
    if (/^(?:ECONN|EPIPE|ETIMEDOUT|EHOST|ENET)/.test(systemCode(error) ?? '')) throw error;
    throw new TlsFailure(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
