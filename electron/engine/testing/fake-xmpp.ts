import { childElements, textOf, xmlElement, type XmlElement } from '../signals/xml-element.ts';
import type { OpenXmpp, XmppHandlers, XmppOutcome, XmppTarget } from '../signals/xmpp-wire.ts';

const NS = 'jabber:client';
const OWN = 'alice@example.org/lockstep';

/** An XMPP server in a few lines, for the account alice@example.org: answers requests as its switches say. */
export class FakeXmpp {
  /** What the next attempts to connect come to; online when it is empty. */
  readonly failures: Exclude<XmppOutcome, { kind: 'online' }>[] = [];
  readonly targets: XmppTarget[] = [];
  readonly sent: XmlElement[] = [];
  pep = true;
  /** Whether publishing is refused, and configuring the node too. */
  refuses = { publish: false, configure: false };
  /** Whether requests are answered at all. */
  answers = true;
  #handlers: XmppHandlers | null = null;

  readonly open: OpenXmpp = async (target, handlers) => {
    this.targets.push(target);
    const failure = this.failures.shift();
    if (failure) return failure;
    this.#handlers = handlers;
    const drop = (reason: string): void => this.drop(reason);
    return { kind: 'online', mechanism: 'SCRAM-SHA-1', stream: { jid: OWN, send: (stanza) => this.#take(stanza), close: async () => drop('closed'), drop } };
  };

  /** The connection ends. */
  drop(reason = 'dropped'): void {
    const handlers = this.#handlers;
    this.#handlers = null;
    handlers?.closed(reason);
  }

  presence(resource: string, type?: string): void {
    this.#handlers?.stanza(xmlElement('presence', NS, { from: `alice@example.org/${resource}`, type }));
  }

  /** The texts of what was published or sent directly, in order. */
  get doorbells(): string[] {
    return this.sent.flatMap((stanza) => find(stanza, 'doorbell')).map(textOf);
  }

  /** Who was sent a message. */
  get addressees(): string[] {
    return this.sent.filter(({ name }) => name === 'message').map(({ attrs }) => attrs['to'] ?? '');
  }

  async #take(stanza: XmlElement): Promise<void> {
    if (!this.#handlers) throw new Error('not connected');
    this.sent.push(stanza);
    if (stanza.name !== 'iq' || !this.answers) return;
    const [payload] = childElements(stanza);
    const refused = (this.refuses.publish && find(stanza, 'publish').length > 0) || (this.refuses.configure && find(stanza, 'configure').length > 0);
    const identity = xmlElement('identity', null, this.pep ? { category: 'pubsub', type: 'pep' } : {});
    const content = payload?.name === 'query' ? [xmlElement('query', payload.ns, {}, [identity])] : [];
    this.#handlers.stanza(xmlElement('iq', NS, { type: refused ? 'error' : 'result', id: stanza.attrs['id'] }, content));
  }
}

const find = (element: XmlElement, name: string): XmlElement[] => [...(element.name === name ? [element] : []), ...childElements(element).flatMap((each) => find(each, name))];
