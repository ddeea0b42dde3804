import { readFile } from 'node:fs/promises';
import { nodeXmpp } from '../ports/node-xmpp.ts';
import { child, textOf, xmlElement, type XmlElement } from '../signals/xml-element.ts';
import type { XmppStream } from '../signals/xmpp-wire.ts';
import type { TestProsody } from './prosody.ts';

const NS = 'jabber:client';

/** Any other program on the test's XMPP server: says what it is told to, remembers what it hears. */
export class XmppPeer {
  readonly heard: XmlElement[] = [];
  readonly #stream: XmppStream;
  readonly #waiting = new Set<() => void>();
  #requests = 0;

  private constructor(stream: XmppStream) {
    this.#stream = stream;
  }

  static async connect(server: TestProsody, local: string, resource: string): Promise<XmppPeer> {
    const early: XmlElement[] = [];
    let deliver = (stanza: XmlElement): void => void early.push(stanza);
    const target = { local, domain: server.domain, password: server.password, resource, service: server.service, ca: await readFile(server.caFile), mayUsePlain: false };
    const handlers = { stanza: (stanza: XmlElement) => deliver(stanza), discoInfo: () => xmlElement('query', 'http://jabber.org/protocol/disco#info'), closed: () => undefined };
    const outcome = await nodeXmpp(target, handlers, new AbortController().signal);
    if (outcome.kind !== 'online') throw new Error(`${local}: ${outcome.kind} ${outcome.reason}`);
    const peer = new XmppPeer(outcome.stream);
    deliver = (stanza) => peer.#hear(stanza);
    early.forEach(deliver);
    return peer;
  }

  get jid(): string {
    return this.#stream.jid;
  }

  send(name: string, attrs: Record<string, string>, children: readonly XmlElement[] = []): Promise<void> {
    return this.#stream.send(xmlElement(name, NS, attrs, children));
  }

  async chat(to: string, body: string): Promise<void> {
    await this.send('message', { type: 'chat', to }, [xmlElement('body', null, {}, [body])]);
  }

  /** Resolves when the server has dealt with everything said before. */
  async settle(): Promise<void> {
    const id = `settle${(this.#requests += 1)}`;
    await this.send('iq', { type: 'get', id, to: 'localhost' }, [xmlElement('ping', 'urn:xmpp:ping')]);
    await this.until((stanza) => stanza.attrs['id'] === id);
  }

  /** The first stanza of which it is true, whenever it comes. The test's own limit ends it. */
  async until(condition: (stanza: XmlElement) => boolean): Promise<XmlElement> {
    for (;;) {
      const found = this.heard.find(condition);
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** The bodies of all messages so far. */
  bodies(): string[] {
    return this.heard.flatMap((stanza) => (stanza.name === 'message' ? [child(stanza, 'body', null)] : [])).flatMap((body) => (body ? [textOf(body)] : []));
  }

  close(): Promise<void> {
    return this.#stream.close();
  }

  #hear(stanza: XmlElement): void {
    this.heard.push(stanza);
    for (const wake of [...this.#waiting]) {
      this.#waiting.delete(wake);
      wake();
    }
  }
}
