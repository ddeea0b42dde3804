import type { SignalState } from '../../../shared/app-state.ts';
import type { Clock, Connection, Log, Net, Random } from '../ports.ts';
import type { Address } from './fanout-address.ts';
import { announceLine, LineSplitter, parseServerLine, subscribeLine, unsubscribeLine } from './fanout-protocol.ts';
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
    for (const channel of channels) if (!before.has(channel)) this.#writer?.write(subscribeLine(channel));
    for (const channel of before) if (!channels.has(channel)) this.#writer?.write(unsubscribeLine(channel));
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
    const silence = this.#watchSilence(connection, writer);
    const splitter = new LineSplitter();
    connection.readable.on('data', (chunk: Buffer) => {
      silence.heard();
      const lines = splitter.feed(chunk);
      if (!lines) connection.close();
      for (const line of lines ?? []) this.#said(line);
    });
    connection.readable.on('end', () => connection.close());
    this.#writer = writer;
    for (const channel of this.#channels) writer.write(subscribeLine(channel));
    for (const [channel, message] of this.#newest) writer.write(announceLine(channel, message));
    this.#options.events.changed('online');
    this.#options.events.connected();
    await connection.closed;
    this.#writer = null;
    silence.end();
  }

  #said(line: string): void {
    const said = parseServerLine(line);
    if (said.kind === 'message' && this.#channels.has(said.channel)) this.#options.events.message(said.channel, said.message);
  }

  /** A connection that says nothing is asked, and given up when it does not answer: TCP alone does not notice for hours. */
  #watchSilence(connection: Connection, writer: LineWriter): { heard(): void; end(): void } {
    const { clock, timing } = this.#options;
    let cancel: () => void;
    const heard = (): void => {
      cancel?.();
      cancel = clock.after(timing.fanoutSilenceMs, () => {
        writer.write('ping\n');
        cancel = clock.after(timing.answerLimitMs, () => connection.close());
      });
    };
    heard();
    return { heard, end: () => cancel() };
  }
}
