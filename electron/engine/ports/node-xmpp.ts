import type { EventEmitter } from 'node:events';
import type { TLSSocket } from 'node:tls';
import { client, xml } from '@xmpp/client';
import type { ScramCredentials } from '../signals/scram.ts';
import type { XmlElement } from '../signals/xml-element.ts';
import { NS_DISCO_INFO } from '../signals/xmpp-stanzas.ts';
import type { OpenXmpp, XmppHandlers, XmppOutcome, XmppStream, XmppTarget } from '../signals/xmpp-wire.ts';
import { chooseMechanism, RefusedMechanisms, useOwnMechanisms, type SaslFactory } from './node-xmpp-login.ts';
import { connectSecurely, TlsFailure } from './node-xmpp-socket.ts';
import { overSocket, SERVICE, type Transport } from './node-xmpp-transport.ts';

const STEP_LIMIT_MS = 15_000;
const GOODBYE_LIMIT_MS = 500;
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
type Authenticate = (credentials: ScramCredentials, mechanism: string) => Promise<void>;

/** What is used of the library beyond its published types; the version is pinned. */
interface Library extends EventEmitter {
  jid: { toString(): string } | null;
  timeout: number;
  transports: Transport[];
  reconnect: { stop(): void };
  saslFactory: SaslFactory;
  iqCallee: { get(ns: string, name: string, handler: (context: { element: Element }) => Element): void };
  connect(service: string): Promise<void>;
  open(options: { domain: string }): Promise<unknown>;
  send(stanza: Element): Promise<void>;
  stop(): Promise<unknown>;
}

/**
 * XMPP by `@xmpp/client`. The library makes streams and stanzas; connecting, encryption, the choice of how to log in,
 * limits and coming back are ours, because its own go on in clear where no STARTTLS is offered, take no private
 * certificate authority, follow redirects, and know no limit. It sets timers itself (steps of the stream).
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
    useOwnMechanisms(this.#library.saslFactory);
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
      // The end of the stream, and of the connection, whichever comes first.
      for (const event of ['close', 'disconnect']) {
        library.on(event, () => {
          resolve({ kind: 'offline', reason: this.#ended ?? 'stream ended' });
          this.drop('stream ended');
        });
      }
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
    this.#socket.destroy();
    if (this.#ended !== null) return;
    this.#ended = reason;
    if (this.#online) this.#handlers.closed(reason);
    // Wakes what waits for an answer inside the library, together with its timers.
    this.#library.emit('error', new Error(reason));
  }

  async #authenticate(authenticate: Authenticate, offered: readonly string[], target: XmppTarget): Promise<void> {
    const mechanism = chooseMechanism(offered, target.mayUsePlain);
    this.#mechanism = mechanism;
    await authenticate({ username: target.local, password: target.password }, mechanism);
  }
}

function failure(error: unknown): XmppOutcome {
  const reason = messageOf(error);
  const rejected = error instanceof Error && error.name === 'SASLError' && !PASSING_CONDITIONS.includes(stringOf(error, 'condition') ?? '');
  return { kind: rejected || error instanceof RefusedMechanisms ? 'auth-failed' : 'offline', reason };
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
