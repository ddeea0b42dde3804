import type { SignalState } from '../../../shared/app-state.ts';
import type { Clock, Connection, Log, Net, Random } from '../ports.ts';
import type { Address } from './fanout-address.ts';
import { announceLine, LineSplitter, PING_LINE, parseServerLine, subscribeLine, unsubscribeLine } from './fanout-protocol.ts';
import { LineWriter } from './line-writer.ts';
import { LinkLoop, type Ended } from './link-loop.ts';
import type { SignalTiming } from './signal-timing.ts';

export interface FanoutClientEvents {
  changed(state: SignalState): void;
  connected(): void;
  message(channel: string, message: string): void;
}

interface FanoutClientOptions {
  readonly net: Net;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly timing: SignalTiming;
  readonly server: Address;
  readonly events: FanoutClientEvents;
}

/** Lines that may wait for a server that does not read; a reconnect brings them again, so dropping the server loses little. */
const MAX_WAITING_LINES = 4096;

/** A link to one fanout server: comes back by itself, and says later what it could not say now. */
export class FanoutClient {
  readonly #options: FanoutClientOptions;
  readonly #loop: LinkLoop;
  #channels: ReadonlySet<string> = new Set();
  /**
   * The newest of ours per channel. Said again on each connection, because nobody confirms a line: those who have heard
   * it know it by its counter or its tip.
   */
  readonly #newest = new Map<string, string>();
  /** Of the connection under way; of the one whose server has answered. */
  #subscribing: LineWriter | null = null;
  #writer: LineWriter | null = null;

  constructor(options: FanoutClientOptions) {
    this.#options = options;
    const { clock, random, timing } = options;
    this.#loop = new LinkLoop({ clock, random, limits: timing.backoff, steadyMs: timing.steadyMs, connection: (signal) => this.#connection(signal) });
  }

  /** Listens on these channels and no others. */
  listenOn(channels: ReadonlySet<string>): void {
    const before = this.#channels;
    this.#channels = channels;
    for (const channel of channels) if (!before.has(channel)) this.#subscribing?.write(subscribeLine(channel));
    for (const channel of before) if (!channels.has(channel)) this.#subscribing?.write(unsubscribeLine(channel));
  }

  announce(channel: string, message: string): void {
    this.#newest.set(channel, message);
    this.#writer?.write(announceLine(channel, message));
  }

  retry(): void {
    this.#loop.retry();
  }

  async close(): Promise<void> {
    await this.#loop.close();
  }

  async #connection(closing: AbortSignal): Promise<Ended> {
    const { clock, events, log } = this.#options;
    events.changed('connecting');
    let connection: Connection;
    try {
      connection = await this.#connect(closing);
    } catch (error) {
      log.info('fanout not connected', { error: String(error) });
      events.changed('offline');
      return { upMs: 0 };
    }
    const since = clock.monotonic();
    const close = (): void => connection.close();
    closing.addEventListener('abort', close, { once: true });
    if (closing.aborted) close();
    await this.#online(connection);
    closing.removeEventListener('abort', close);
    events.changed('offline');
    return { upMs: clock.monotonic() - since };
  }

  async #connect(closing: AbortSignal): Promise<Connection> {
    const { net, clock, timing, server } = this.#options;
    const limit = new AbortController();
    const cancel = clock.after(timing.connectLimitMs, () => limit.abort(new Error('no connection in time')));
    try {
      return await net.connect(server, AbortSignal.any([closing, limit.signal]));
    } finally {
      cancel();
    }
  }

  /** Until the connection is closed. */
  async #online(connection: Connection): Promise<void> {
    const writer = new LineWriter(connection.writable, MAX_WAITING_LINES, () => connection.close());
    const silence = new SilenceWatch(this.#options, () => writer.write(PING_LINE), () => connection.close());
    const splitter = new LineSplitter();
    connection.readable.on('data', (chunk: Buffer) => {
      const lines = splitter.feed(chunk);
      if (!lines) connection.close();
      for (const line of lines ?? []) this.#said(line, writer);
      // A greeting is no answer: what comes before the first one does not count, but that one does.
      if (this.#writer) silence.heard();
    });
    connection.readable.on('end', () => connection.close());
    for (const channel of this.#channels) writer.write(subscribeLine(channel));
    this.#subscribing = writer;
    // The server answers in order: with its answer the channels above are ours, and nothing that is said from now on is missed.
    silence.ask();
    await connection.closed;
    this.#subscribing = null;
    this.#writer = null;
    silence.end();
  }

  #said(line: string, writer: LineWriter): void {
    const said = parseServerLine(line);
    if (said.kind === 'message' && this.#channels.has(said.channel)) this.#options.events.message(said.channel, said.message);
    if (said.kind === 'time' && this.#writer === null) this.#ready(writer);
  }

  #ready(writer: LineWriter): void {
    this.#writer = writer;
    for (const [channel, message] of this.#newest) writer.write(announceLine(channel, message));
    this.#options.events.changed('online');
    this.#options.events.connected();
  }
}

/** A connection that says nothing is asked, and given up when it does not answer: TCP alone does not notice for hours. */
class SilenceWatch {
  readonly #options: Pick<FanoutClientOptions, 'clock' | 'timing'>;
  readonly #ask: () => void;
  readonly #giveUp: () => void;
  #cancel: () => void = () => undefined;

  constructor(options: Pick<FanoutClientOptions, 'clock' | 'timing'>, ask: () => void, giveUp: () => void) {
    this.#options = options;
    this.#ask = ask;
    this.#giveUp = giveUp;
  }

  ask(): void {
    this.#in(this.#options.timing.answerLimitMs, this.#giveUp);
    this.#ask();
  }

  heard(): void {
    this.#in(this.#options.timing.fanoutSilenceMs, () => this.ask());
  }

  end(): void {
    this.#cancel();
  }

  #in(ms: number, call: () => void): void {
    this.#cancel();
    this.#cancel = this.#options.clock.after(ms, call);
  }
}
