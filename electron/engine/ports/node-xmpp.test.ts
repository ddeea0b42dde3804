import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { xmlElement } from '../signals/xml-element.ts';
import type { XmppOutcome } from '../signals/xmpp-wire.ts';
import { makeCertificate } from '../testing/certificate.ts';
import { nodeXmpp } from './node-xmpp.ts';

const HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='1' from='localhost' version='1.0'>";
const features = (inside: string): string => `<stream:features>${inside}</stream:features>`;
const mechanisms = (...names: string[]): string => features(`<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${names.map((name) => `<mechanism>${name}</mechanism>`).join('')}</mechanisms>`);

const STARTTLS = `${HEADER}${features("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")}`;

let directory: string;
let cert: Buffer;
let key: Buffer;
const servers: Server[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lockstep-xmpp-'));
  const { certFile, keyFile } = await makeCertificate(directory);
  [cert, key] = [await readFile(certFile), await readFile(keyFile)];
});
afterEach(() => servers.splice(0).forEach((server) => server.close()));
afterAll(() => rm(directory, { recursive: true, force: true }));

/** A server that answers what a client says with one text after the other, and what the client said to it. */
async function saying(answer: string | readonly string[], encrypted = true): Promise<{ port: number; heard: () => string; ended: Promise<unknown> }> {
  let heard = '';
  let tellEnd: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (tellEnd = resolve));
  const talk = (socket: Socket): void => {
    socket.setEncoding('utf8').on('error', () => undefined);
    const answers = typeof answer === 'string' ? [answer] : [...answer];
    socket.on('data', (text: string) => {
      heard += text;
      socket.write(answers.shift() ?? '');
    });
    socket.once('close', tellEnd);
  };
  const server = encrypted ? createTlsServer({ cert, key }, talk) : createTcpServer(talk);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, heard: () => heard, ended };
}

function connect(service: string, options: { mayUsePlain?: boolean; signal?: AbortSignal; ca?: Buffer | null; domain?: string } = {}): Promise<XmppOutcome> {
  const { mayUsePlain = false, signal = new AbortController().signal, ca = cert, domain = 'localhost' } = options;
  const handlers = { stanza: () => undefined, discoInfo: () => xmlElement('query', null), closed: () => undefined };
  return nodeXmpp({ local: 'alice', domain, password: 'secret', resource: 'test', service, ca, mayUsePlain }, handlers, signal);
}

describe('a server that is not what it should be', () => {
  it.each([
    ['an entity nobody declared', `${HEADER}${features('&lol;')}`, /Illegal XML entity/],
    ['an end without a beginning', '</a></b></c>', /null/],
    ['ends of others', `${HEADER}<a></b></a></c>`, /must be closed/],
    ['a stanza without end', `${HEADER}<message><body>${'x'.repeat(1_000_000)}`, /too large/],
    ['an attribute without end', `${HEADER}<message to='${'x'.repeat(1_000_000)}`, /too large/],
    ['a depth without end', `${HEADER}<message>${'<a>'.repeat(80)}`, /too deep/],
    // What the parser skips in silence, the caller's limit ends.
    ['a document type', `<!DOCTYPE x [<!ENTITY a "aaaa">]>${HEADER}${features('&a;')}`, /aborted/],
    ['bytes', '\u0000\u0001\u0002<<<>>>&&&', /child/],
    ['a stream error', `${HEADER}<stream:error><internal-server-error xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>`, /internal-server-error/],
    ['an end', `${HEADER}</stream:stream>`, /ended/],
  ])('saying %s: the connection ends, nothing else', async (_what, answer, reason) => {
    const server = await saying(answer);
    const outcome = await connect(`xmpps://127.0.0.1:${server.port}`, { signal: AbortSignal.timeout(1_000) });
    expect(outcome).toEqual({ kind: 'offline', reason: expect.stringMatching(reason) as string });
    await server.ended;
  });

  it('naming another host is not followed there', async () => {
    const other = await saying(HEADER);
    const server = await saying(`${HEADER}<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>127.0.0.1:${other.port}</see-other-host></stream:error>`);
    const outcome = await connect(`xmpps://127.0.0.1:${server.port}`, { signal: AbortSignal.timeout(1_000) });
    expect(outcome.kind).toBe('offline');
    expect(other.heard()).toBe('');
  });

  it.each([[['PLAIN']], [['ANONYMOUS']], [[]], [['X-NEW', 'PLAIN']]])('offering only %j gets no password when SCRAM was seen before', async (names) => {
    const server = await saying(`${HEADER}${mechanisms(...names)}`);
    expect(await connect(`xmpps://127.0.0.1:${server.port}`)).toMatchObject({ kind: 'auth-failed' });
    expect(server.heard()).not.toContain('<auth');
  });

  it('offering SCRAM and PLAIN gets SCRAM', async () => {
    const server = await saying(`${HEADER}${mechanisms('PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256')}`);
    await connect(`xmpps://127.0.0.1:${server.port}`, { mayUsePlain: true, signal: AbortSignal.timeout(300) });
    expect(server.heard()).toContain('mechanism="SCRAM-SHA-256"');
    expect(server.heard()).not.toContain('mechanism="PLAIN"');
  });

  it.each<[string, string | string[]]>([
    ['no STARTTLS', `${HEADER}${mechanisms('PLAIN', 'SCRAM-SHA-1')}`],
    ['a refusal of STARTTLS', [STARTTLS, "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"]],
    ['words without end', 'x'.repeat(100_000)],
    ['STARTTLS without TLS', [STARTTLS, "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", `${HEADER}${mechanisms('PLAIN')}`]],
  ])('in clear, with %s: no login', async (_what, answer) => {
    const server = await saying(answer, false);
    const outcome = await connect(`xmpp://127.0.0.1:${server.port}`, { signal: AbortSignal.timeout(1_000) });
    expect(outcome.kind).toBe('tls-failed');
    expect(server.heard()).not.toContain('<auth');
  });

  it('with a certificate for another name, or from nobody known: no login', async () => {
    const server = await saying(HEADER);
    const service = `xmpps://127.0.0.1:${server.port}`;
    expect(await connect(service, { domain: 'example.org' })).toMatchObject({ kind: 'tls-failed' });
    expect(await connect(service, { ca: null })).toMatchObject({ kind: 'tls-failed' });
    expect(server.heard()).toBe('');
  });

  it('saying nothing is given up when the caller wants', async () => {
    const server = await saying('');
    const given = new AbortController();
    const outcome = connect(`xmpps://127.0.0.1:${server.port}`, { signal: given.signal });
    given.abort(new Error('enough'));
    expect(await outcome).toMatchObject({ kind: 'offline' });
  });

  it('not being there is offline', async () => {
    const server = await saying('');
    const [listener] = servers.splice(0);
    await new Promise((resolve) => listener?.close(resolve));
    expect(await connect(`xmpps://127.0.0.1:${server.port}`)).toMatchObject({ kind: 'offline', reason: expect.stringContaining('ECONNREFUSED') as string });
  });
});
