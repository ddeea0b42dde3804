import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { TLSSocket } from 'node:tls';
import { client, xml } from '@xmpp/client';
import { ScramExchange, type ScramHash } from '../signals/scram.ts';
import type { XmlElement } from '../signals/xml-element.ts';
import { NS_DISCO_INFO } from '../signals/xmpp-stanzas.ts';
import type { OpenXmpp, XmppHandlers, XmppOutcome, XmppStream, XmppTarget } from '../signals/xmpp-wire.ts';
import { boundedParser, type ParserClass } from './node-xmpp-parser.ts';
import { connectSecurely, TlsFailure } from './node-xmpp-socket.ts';

/** The only address the library's transport knows. What a server names in `see-other-host` is none, so it is never followed. */
const SERVICE = 'xmpps://the-connection-we-made';
const STEP_LIMIT_MS = 15_000;
const GOODBYE_LIMIT_MS = 500;
const SCRAM: readonly (readonly [name: string, hash: ScramHash])[] = [
  ['SCRAM-SHA-256', 'sha256'],
  ['SCRAM-SHA-1', 'sha1'],
];
/**
 * Stream features the library is not shown. Its stream management starts counting stanzas too late (what follows `enabled`
 * in the same packet is not counted), for which Prosody ends the stream; and we pull after each reconnect anyway. SASL 2 would
 * bring that in again by its own way.
 */
const UNUSED_FEATURES = [
  { name: 'sm', ns: 'urn:xmpp:sm:3' },
  { name: 'authentication', ns: 'urn:xmpp:sasl:2' },
];
/** Conditions of RFC 6120, 6.5 that will not be the same next time. */
const PASSING_CONDITIONS = ['temporary-auth-failure', 'aborted'];

type Element = ReturnType<typeof xml>;
type Credentials = { username: string; password: string };
type Authenticate = (credentials: Credentials, mechanism: string) => Promise<void>;

/** What is used of the library beyond its published types; the version is pinned. */
interface Library extends EventEmitter {
  jid: { toString(): string } | null;
  timeout: number;
  transports: Transport[];
  reconnect: { stop(): void };
  saslFactory: { _mechs: unknown[]; use(name: string, mechanism: unknown): void };
  iqCallee: { get(ns: string, name: string, handler: (context: { element: Element }) => Element): void };
  connect(service: string): Promise<void>;
  open(options: { domain: string }): Promise<unknown>;
  send(stanza: Element): Promise<void>;
  stop(): Promise<unknown>;
}
/** A class of which only the prototype is ever used. */
interface Transport {
  readonly prototype: { socketParameters(service: string): unknown; readonly Socket: unknown; readonly Parser: ParserClass };
}

/**
 * XMPP by `@xmpp/client`. The library makes streams and stanzas; connecting, encryption, the choice of how to log in,
 * limits and coming back are ours, because its own go on in clear where no STARTTLS is offered, take no private
 * certificate authority, follow redirects, and know no limit. It sets timers itself (steps of the stream, acknowledgements).
 */
export const nodeXmpp: OpenXmpp = async (target, handlers, signal) => {
  let socket: TLSSocket;
  try {
    socket = await connectSecurely(target, signal);
  } catch (error) {
    return { kind: error instanceof TlsFailure ? 'tls-failed' : 'offline', reason: messageOf(error) };
  }
  return new NodeXmppStream(socket, target, handlers).open(signal);
};

class NodeXmppStream implements XmppStream {
  readonly #library: Library;
  readonly #socket: TLSSocket;
  readonly #handlers: XmppHandlers;
  readonly #domain: string;
  #mechanism = '';
  #ended: string | null = null;
  #online = false;

  constructor(socket: TLSSocket, target: XmppTarget, handlers: XmppHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
    this.#domain = target.domain;
    const credentials = (authenticate: Authenticate, offered: readonly string[]): Promise<void> => this.#authenticate(authenticate, offered, target);
    // The published types lack what `Library` names.
    this.#library = client({ service: SERVICE, domain: target.domain, resource: target.resource, credentials: credentials as never, timeout: STEP_LIMIT_MS }) as unknown as Library;
    this.#library.reconnect.stop();
    this.#library.transports = [overSocket(this.#library.transports, socket)];
    this.#library.saslFactory._mechs = [];
    for (const [name, hash] of SCRAM) this.#library.saslFactory.use(name, scramMechanism(name, hash));
    this.#library.saslFactory.use('PLAIN', PlainMechanism);
    this.#library.prependListener('element', (element: Element) => {
      if (element.getName() === 'features') for (const { name, ns } of UNUSED_FEATURES) element.remove(name, ns);
    });
    this.#library.iqCallee.get(NS_DISCO_INFO, 'query', ({ element }) => toLibrary(handlers.discoInfo(stringOf(element.attrs, 'node'))));
  }

  get jid(): string {
    return this.#library.jid?.toString() ?? '';
  }

  async open(signal: AbortSignal): Promise<XmppOutcome> {
    const library = this.#library;
    const abort = (): void => this.drop(messageOf(signal.reason));
    const settled = new Promise<XmppOutcome>((resolve) => {
      library.on('online', () => {
        this.#online = true;
        resolve({ kind: 'online', stream: this, mechanism: this.#mechanism });
      });
      library.on('error', (error: unknown) => {
        resolve(failure(error));
        this.drop(messageOf(error));
      });
      library.on('disconnect', () => {
        this.#end('connection closed');
        resolve({ kind: 'offline', reason: this.#ended ?? '' });
      });
    });
    library.on('stanza', (stanza: Element) => this.#handlers.stanza(fromLibrary(stanza)));
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    // Not `start()`: when `open()` fails there, a second promise rejects that nobody can catch.
    const begun = library.connect(SERVICE).then(() => library.open({ domain: this.#domain }));
    begun.catch((error: unknown) => library.emit('error', error));
    const outcome = await settled;
    signal.removeEventListener('abort', abort);
    return outcome;
  }

  async send(stanza: XmlElement): Promise<void> {
    if (this.#ended !== null) throw new Error(this.#ended);
    await this.#library.send(toLibrary(stanza));
  }

  async close(): Promise<void> {
    this.#library.timeout = GOODBYE_LIMIT_MS;
    await this.#library.stop().catch(() => undefined);
    this.drop('closed');
  }

  drop(reason: string): void {
    if (this.#ended !== null) return;
    this.#end(reason);
    this.#socket.destroy();
    // Wakes what waits for an answer inside the library, together with its timers.
    this.#library.emit('error', new Error(reason));
  }

  #end(reason: string): void {
    this.#ended ??= reason;
    if (!this.#online) return;
    this.#online = false;
    this.#handlers.closed(this.#ended);
  }

  async #authenticate(authenticate: Authenticate, offered: readonly string[], target: XmppTarget): Promise<void> {
    const mechanism = SCRAM.map(([name]) => name).find((name) => offered.includes(name)) ?? (target.mayUsePlain && offered.includes('PLAIN') ? 'PLAIN' : undefined);
    if (!mechanism) throw new RefusedMechanisms(`the server offers no acceptable way to log in (${offered.join(' ')})`);
    this.#mechanism = mechanism;
    await authenticate({ username: target.local, password: target.password }, mechanism);
  }
}

class RefusedMechanisms extends Error {}

function failure(error: unknown): XmppOutcome {
  const reason = messageOf(error);
  const rejected = error instanceof Error && error.name === 'SASLError' && !PASSING_CONDITIONS.includes(stringOf(error, 'condition') ?? '');
  return { kind: rejected || error instanceof RefusedMechanisms ? 'auth-failed' : 'offline', reason };
}

/** The library's TLS transport, over a connection that exists already. */
function overSocket(transports: readonly Transport[], socket: TLSSocket): Transport {
  const base = transports.find((transport) => transport.prototype.socketParameters('xmpps://host') !== undefined);
  if (!base) throw new Error('@xmpp/client has no TLS transport');
  const own: Transport['prototype'] = {
    socketParameters: (service) => (service === SERVICE ? {} : undefined),
    Parser: boundedParser(base.prototype.Parser),
    Socket: class extends OpenSocket {
      constructor() {
        super(socket);
      }
    },
  };
  return { prototype: Object.assign(Object.create(base.prototype) as object, own) };
}

/** What the library takes for a socket that it connects itself. */
class OpenSocket extends EventEmitter {
  readonly secure = true;
  readonly #socket: TLSSocket;

  constructor(socket: TLSSocket) {
    super();
    this.#socket = socket;
  }

  connect(): void {
    // As text, so that a character may be split between two packets.
    this.#socket.setEncoding('utf8');
    this.#socket.on('data', (text) => this.emit('data', text));
    this.#socket.on('close', () => this.emit('close'));
    // The library stops listening before the connection is quite gone; an error then has nobody to tell.
    this.#socket.on('error', (error) => this.listenerCount('error') > 0 && this.emit('error', error));
    queueMicrotask(() => this.emit('connect'));
  }

  write(text: string, written: (error?: Error | null) => void): void {
    this.#socket.write(text, written);
  }

  end(): void {
    this.#socket.end();
  }
}

/** In the form that the library's SASL factory takes. */
const scramMechanism = (name: string, hash: ScramHash) =>
  class extends ScramExchange {
    readonly name = name;
    readonly clientFirst = true;
    constructor() {
      super(hash, randomBytes(18).toString('base64url'));
    }
  };

/** RFC 4616. */
class PlainMechanism {
  readonly name = 'PLAIN';
  readonly clientFirst = true;
  response({ username, password }: Credentials): string {
    return `\0${username}\0${password}`;
  }
  challenge(): void {
    // It has none.
  }
}

const toLibrary = (element: XmlElement): Element =>
  xml(element.name, { ...element.attrs, ...(element.ns === null ? {} : { xmlns: element.ns }) }, ...element.children.map((each) => (typeof each === 'string' ? each : toLibrary(each))));

const fromLibrary = (element: Element): XmlElement => ({
  name: element.getName(),
  ns: element.getNS() ?? null,
  attrs: Object.fromEntries(Object.entries(element.attrs as Record<string, unknown>).map(([name, value]) => [name, String(value)])),
  children: element.children.map((each) => (typeof each === 'object' ? fromLibrary(each) : String(each))),
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const stringOf = (of: object, name: string): string | undefined => {
  const value: unknown = Reflect.get(of, name);
  return typeof value === 'string' ? value : undefined;
};
