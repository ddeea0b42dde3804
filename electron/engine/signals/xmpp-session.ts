import type { Clock, Log } from '../ports.ts';
import { isAutosyncBot, pushedBody, pushedUrl } from './autosync.ts';
import { bareJid, resourceOf } from './jid.ts';
import type { SignalTiming } from './signal-timing.ts';
import { childElements, type XmlElement } from './xml-element.ts';
import { chatMessage, configureNode, directDoorbell, discoInfoRequest, heardIn, iq, offersPep, ping, presence, publish } from './xmpp-stanzas.ts';
import type { XmppStream } from './xmpp-wire.ts';

/** What one announcement is on this link. */
export interface XmppAnnouncement {
  readonly repo: string;
  /** The sealed doorbell. */
  readonly sealed: string;
  /** For dvcs-autosync's bots; null: they are told nothing. */
  readonly remoteUrl: string | null;
}

interface SessionOptions {
  readonly stream: XmppStream;
  readonly clock: Clock;
  readonly log: Log;
  readonly timing: SignalTiming;
  readonly doorbell: (sealed: string) => void;
  /** A dvcs-autosync bot pushed to this address (as it says). */
  readonly pushed: (url: string) => void;
}

type Answer = { readonly kind: 'result'; readonly payload: XmlElement | undefined } | { readonly kind: 'error' };

/** Priorities (RFC 6121, 8.5.2): below zero we never take a chat message from the person's own clients … */
const QUIET_PRIORITY = -1;
/** … but dvcs-autosync talks to the bare address, which only the others reach. */
const AUTOSYNC_PRIORITY = 0;
const MAX_RESOURCES = 256;

/** One stream that is online, until it ends: presence, how to reach the other machines, and what they say. */
export class XmppSession {
  ended = false;
  readonly #options: SessionOptions;
  /** Other resources of the account that are available, by full address. */
  readonly #others = new Set<string>();
  readonly #answers = new Map<string, (answer: Answer) => void>();
  /** What was sent directly: a machine whose presence arrives later gets it too. */
  readonly #sent = new Map<string, string>();
  #pep = false;
  #priority = QUIET_PRIORITY;
  #requests = 0;
  #cancelKeepAlive: () => void;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#cancelKeepAlive = this.#pingAfterSilence();
  }

  /** Becomes available and finds out how to reach the others. */
  async begin(): Promise<void> {
    await this.#options.stream.send(presence(this.#priority));
    const info = await this.#request('get', this.#own, discoInfoRequest());
    this.#pep = info.kind === 'result' && info.payload !== undefined && offersPep(info.payload);
  }

  /** Resolves when the server has it, as far as that can be known; rejects when the stream ended. */
  async announce({ repo, sealed, remoteUrl }: XmppAnnouncement): Promise<void> {
    if (!(this.#pep && (await this.#publish(repo, sealed)))) await this.#sendDirectly(repo, sealed);
    if (remoteUrl && this.#botsOnline()) await this.#options.stream.send(chatMessage(this.#own, pushedBody(remoteUrl)));
  }

  handle(stanza: XmlElement): void {
    this.#cancelKeepAlive();
    this.#cancelKeepAlive = this.#pingAfterSilence();
    if (stanza.name === 'iq') this.#answered(stanza);
    else if (stanza.name === 'presence') this.#seen(stanza);
    else this.#heard(stanza);
  }

  /** When the stream has ended; whoever waits for an answer gets an error. */
  end(): void {
    this.ended = true;
    this.#cancelKeepAlive();
    for (const answer of this.#answers.values()) answer({ kind: 'error' });
  }

  get #own(): string {
    return bareJid(this.#options.stream.jid);
  }

  #heard(message: XmlElement): void {
    const heard = heardIn(message, this.#options.stream.jid);
    if (heard?.kind === 'doorbell') this.#options.doorbell(heard.sealed);
    const url = heard?.kind === 'chat' ? pushedUrl(heard.body) : null;
    if (url) this.#options.pushed(url);
  }

  #seen({ attrs }: XmlElement): void {
    const { from, type } = attrs;
    if (!from || bareJid(from) !== this.#own || from === this.#options.stream.jid || resourceOf(from) === '') return;
    const known = this.#others.has(from);
    if (type === 'unavailable') this.#others.delete(from);
    else if (type === undefined && !known && this.#others.size < MAX_RESOURCES) {
      this.#others.add(from);
      if (!isAutosyncBot(resourceOf(from))) for (const sealed of this.#sent.values()) this.#send(directDoorbell(from, sealed));
    }
    this.#suitPriority();
  }

  #suitPriority(): void {
    const priority = this.#botsOnline() ? AUTOSYNC_PRIORITY : QUIET_PRIORITY;
    if (priority === this.#priority) return;
    this.#priority = priority;
    this.#send(presence(priority));
  }

  #botsOnline(): boolean {
    return [...this.#others].some((jid) => isAutosyncBot(resourceOf(jid)));
  }

  async #publish(repo: string, sealed: string): Promise<boolean> {
    if ((await this.#request('set', undefined, publish(repo, sealed))).kind === 'result') return true;
    const configured = await this.#request('set', undefined, configureNode());
    if (configured.kind === 'result' && (await this.#request('set', undefined, publish(repo, sealed))).kind === 'result') return true;
    this.#options.log.info('xmpp server takes no doorbell node, sending to each machine instead');
    this.#pep = false;
    return false;
  }

  async #sendDirectly(repo: string, sealed: string): Promise<void> {
    this.#sent.set(repo, sealed);
    const machines = [...this.#others].filter((jid) => !isAutosyncBot(resourceOf(jid)));
    await Promise.all(machines.map((jid) => this.#options.stream.send(directDoorbell(jid, sealed))));
  }

  /** For what nobody waits for: if the stream has ended, its end is told elsewhere. */
  #send(stanza: XmlElement): void {
    this.#options.stream.send(stanza).catch(() => undefined);
  }

  #pingAfterSilence(): () => void {
    const { clock, timing } = this.#options;
    return clock.after(timing.xmppSilenceMs, () => void this.#request('get', undefined, ping()).catch(() => undefined));
  }

  /** A server that does not answer in time is gone: the stream is dropped and the request rejects. */
  async #request(type: 'get' | 'set', to: string | undefined, payload: XmlElement): Promise<Answer> {
    const { stream, clock, timing } = this.#options;
    const id = `ls${(this.#requests += 1)}`;
    const answered = new Promise<Answer>((resolve) => this.#answers.set(id, resolve));
    const cancel = clock.after(timing.answerLimitMs, () => stream.drop('no answer'));
    try {
      await stream.send(iq(type, id, to, payload));
      return await answered;
    } finally {
      cancel();
      this.#answers.delete(id);
    }
  }

  #answered(stanza: XmlElement): void {
    const { id, type, from } = stanza.attrs;
    // Only the server and the account itself are ever asked; others may guess an id.
    if (id === undefined || (from !== undefined && from !== this.#own && from !== this.#options.stream.jid)) return;
    if (type === 'result') this.#answers.get(id)?.({ kind: 'result', payload: childElements(stanza)[0] });
    else if (type === 'error') this.#answers.get(id)?.({ kind: 'error' });
  }
}
