import type { XmlElement } from './xml-element.ts';

/** What a link asks of an XMPP library; the real one is `ports/node-xmpp.ts`. */
export type OpenXmpp = (target: XmppTarget, handlers: XmppHandlers, signal: AbortSignal) => Promise<XmppOutcome>;

export interface XmppTarget {
  readonly local: string;
  readonly domain: string;
  readonly password: string;
  readonly resource: string;
  /** `xmpp://HOST:PORT` (STARTTLS) or `xmpps://HOST:PORT`; null: what the domain's DNS says. */
  readonly service: string | null;
  /** Certificates (PEM) to trust instead of the usual ones. */
  readonly ca: Buffer | null;
  /** Only where the server never offered anything better; and even then only inside TLS. */
  readonly mayUsePlain: boolean;
}

export interface XmppHandlers {
  /** Each message, presence and IQ result; requests of others are answered by the wire. */
  stanza(stanza: XmlElement): void;
  /** The answer to a service discovery of this resource (XEP-0030). */
  discoInfo(node: string | undefined): XmlElement;
  /** Once, when a stream that was online has ended. */
  closed(reason: string): void;
}

/** Online means: encrypted, certificate checked, authenticated, resource bound. */
export type XmppOutcome =
  | { readonly kind: 'online'; readonly stream: XmppStream; readonly mechanism: string }
  | { readonly kind: 'auth-failed' | 'tls-failed' | 'offline'; readonly reason: string };

export interface XmppStream {
  /** Full address as the server bound it. */
  readonly jid: string;
  /** Rejects when the stream has ended. */
  send(stanza: XmlElement): Promise<void>;
  /** Says good-bye, within a second; then as `drop`. */
  close(): Promise<void>;
  /** Ends the connection at once. */
  drop(reason: string): void;
}
