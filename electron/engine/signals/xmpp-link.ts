import type { SignalState } from '../../../shared/app-state.ts';
import type { Clock, Log, Random } from '../ports.ts';
import { LinkLoop, type Ended } from './link-loop.ts';
import type { SignalTiming } from './signal-timing.ts';
import type { XmlElement } from './xml-element.ts';
import { XmppSession, type XmppAnnouncement } from './xmpp-session.ts';
import { ownDiscoInfo } from './xmpp-stanzas.ts';
import type { OpenXmpp, XmppHandlers, XmppOutcome, XmppStream, XmppTarget } from './xmpp-wire.ts';

export interface XmppLinkEvents {
  changed(state: SignalState): void;
  connected(): void;
  doorbell(sealed: string): void;
  pushed(url: string): void;
  /** The server took this mechanism (`SCRAM-SHA-256` …). */
  authenticated(mechanism: string): void;
}

interface XmppLinkOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly timing: SignalTiming;
  readonly open: OpenXmpp;
  /** Asked before each attempt. */
  readonly target: () => XmppTarget;
  readonly events: XmppLinkEvents;
}

/** The account's link: comes back by itself, keeps what is to be announced until it can be. */
export class XmppLink {
  readonly #options: XmppLinkOptions;
  readonly #loop: LinkLoop;
  /** Not yet taken by the server, the newest per repository. */
  readonly #queue = new Map<string, XmppAnnouncement>();
  #session: XmppSession | null = null;
  /** The session whose flush is under way. */
  #flushing: XmppSession | null = null;

  constructor(options: XmppLinkOptions) {
    this.#options = options;
    const { clock, random, timing } = options;
    this.#loop = new LinkLoop({ clock, random, limits: timing.backoff, steadyMs: timing.steadyMs, connection: (signal) => this.#connection(signal) });
  }

  announce(announcement: XmppAnnouncement): void {
    this.#queue.set(announcement.repo, announcement);
    void this.#flush();
  }

  retry(): void {
    this.#loop.retry();
  }

  async close(): Promise<void> {
    await this.#loop.close();
  }

  async #connection(closing: AbortSignal): Promise<Ended> {
    const { events, log, timing } = this.#options;
    events.changed('connecting');
    const inbox = new Inbox();
    const outcome = await this.#open(inbox, closing);
    if (outcome.kind === 'online') {
      events.authenticated(outcome.mechanism);
      const upMs = await this.#online(outcome.stream, inbox, closing);
      events.changed('offline');
      return { upMs };
    }
    log.info('xmpp not connected', { state: outcome.kind, reason: outcome.reason });
    events.changed(outcome.kind);
    return outcome.kind === 'auth-failed' ? { upMs: 0, pauseMs: timing.rejectedPauseMs } : { upMs: 0 };
  }

  async #open(handlers: XmppHandlers, closing: AbortSignal): Promise<XmppOutcome> {
    const { clock, timing, open, target } = this.#options;
    const limit = new AbortController();
    const cancel = clock.after(timing.connectLimitMs, () => limit.abort(new Error('no connection in time')));
    try {
      return await open(target(), handlers, AbortSignal.any([closing, limit.signal]));
    } finally {
      cancel();
    }
  }

  /** Resolves with its duration when the stream has ended. */
  async #online(stream: XmppStream, inbox: Inbox, closing: AbortSignal): Promise<number> {
    const { clock, log, timing, events } = this.#options;
    const since = clock.monotonic();
    const session = new XmppSession({ stream, clock, log, timing, doorbell: (sealed) => events.doorbell(sealed), pushed: (url) => events.pushed(url) });
    inbox.deliverTo((stanza) => session.handle(stanza));
    const close = (): void => void stream.close();
    closing.addEventListener('abort', close, { once: true });
    if (closing.aborted) close();
    void this.#begin(session, stream);
    log.info('xmpp ended', { reason: await inbox.ended });
    closing.removeEventListener('abort', close);
    this.#session = null;
    session.end();
    return clock.monotonic() - since;
  }

  async #begin(session: XmppSession, stream: XmppStream): Promise<void> {
    try {
      await session.begin();
    } catch (error) {
      stream.drop(String(error));
    }
    if (session.ended) return;
    this.#session = session;
    this.#options.events.changed('online');
    this.#options.events.connected();
    await this.#flush();
  }

  async #flush(): Promise<void> {
    const session = this.#session;
    if (!session || session === this.#flushing) return;
    this.#flushing = session;
    try {
      for (let next = this.#next(); next && session === this.#session; next = this.#next()) {
        await session.announce(next);
        if (this.#queue.get(next.repo) === next) this.#queue.delete(next.repo);
      }
    } catch (error) {
      // The stream ended under it: what is in the queue goes with the next one.
      this.#options.log.debug('xmpp announcement postponed', { error: String(error) });
    } finally {
      if (this.#flushing === session) this.#flushing = null;
    }
  }

  #next(): XmppAnnouncement | undefined {
    return this.#queue.values().next().value;
  }
}

/** Takes what the wire delivers, also before somebody reads it. */
class Inbox implements XmppHandlers {
  readonly ended: Promise<string>;
  readonly #early: XmlElement[] = [];
  #reader: ((stanza: XmlElement) => void) | null = null;
  #end!: (reason: string) => void;

  constructor() {
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  deliverTo(reader: (stanza: XmlElement) => void): void {
    this.#reader = reader;
    for (const stanza of this.#early.splice(0)) reader(stanza);
  }

  stanza(stanza: XmlElement): void {
    if (this.#reader) this.#reader(stanza);
    else this.#early.push(stanza);
  }

  discoInfo(node: string | undefined): XmlElement {
    return ownDiscoInfo(node);
  }

  closed(reason: string): void {
    this.#end(reason);
  }
}
