import { LockstepError, systemCode } from '../errors.ts';
import type { Clock, Connection, Log, Net } from '../ports.ts';
import type { Address } from './fanout-address.ts';
import { LineSplitter, messageLine, parseClientLine, type ClientLine } from './fanout-protocol.ts';
import { LineWriter } from './line-writer.ts';
import type { SignalTiming } from './signal-timing.ts';

const MAX_CLIENTS = 256;
const MAX_CHANNELS_PER_CLIENT = 1024;
const MAX_WAITING_LINES = 256;
/** Lines one client may send in a burst; they come back at that number per minute. A home announces once per push. */
const LINES_PER_MINUTE = 3000;

interface FanoutServerOptions {
  readonly net: Net;
  readonly clock: Clock;
  readonly log: Log;
  readonly timing: SignalTiming;
}

/** The relay of the fanout protocol: what is announced on a channel goes to everyone who subscribed to it, the announcer included. */
export class FanoutServer {
  readonly #options: FanoutServerOptions;
  readonly #clients = new Set<Client>();
  #listener: Awaited<ReturnType<Net['listen']>> | null = null;

  private constructor(options: FanoutServerOptions) {
    this.#options = options;
  }

  /** Port 0: any free one. Throws `port-taken` or `address-refused`. */
  static async listen(options: FanoutServerOptions, address: Address): Promise<FanoutServer> {
    const server = new FanoutServer(options);
    try {
      server.#listener = await options.net.listen(address, (connection) => server.#accept(connection));
    } catch (error) {
      const code = systemCode(error);
      if (code === 'EADDRINUSE' || code === 'EACCES') throw new LockstepError('port-taken', { port: address.port }, { cause: error });
      throw new LockstepError('address-refused', { address: address.host }, { cause: error });
    }
    return server;
  }

  /** Where it listens. */
  get address(): Address {
    return { host: this.#listener?.host ?? '', port: this.#listener?.port ?? 0 };
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.connection.close();
    await this.#listener?.close();
  }

  #accept(connection: Connection): void {
    if (this.#clients.size >= MAX_CLIENTS) {
      connection.close();
      return;
    }
    const client = new Client(connection, this.#options, (line) => this.#said(client, line));
    this.#clients.add(client);
    void connection.closed.then(() => {
      client.end();
      this.#clients.delete(client);
    });
  }

  #said(client: Client, line: ClientLine): void {
    switch (line.kind) {
      case 'ping':
        return client.write(`${Math.floor(this.#options.clock.now() / 1000)}\n`);
      case 'info':
        return client.write('debug!lockstep\n');
      case 'subscribe':
        return client.subscribe(line.channel);
      case 'unsubscribe':
        return void client.channels.delete(line.channel);
      case 'announce':
        for (const each of this.#clients) if (each.channels.has(line.channel)) each.write(messageLine(line.channel, line.message));
    }
  }
}

/** One connected client, with its limits: whoever passes one is disconnected. */
class Client {
  readonly connection: Connection;
  readonly channels = new Set<string>();
  readonly #options: FanoutServerOptions;
  readonly #writer: LineWriter;
  readonly #splitter = new LineSplitter();
  readonly #said: (line: ClientLine) => void;
  #cancelIdle: () => void = () => undefined;
  #allowance = { lines: LINES_PER_MINUTE, atMs: 0 };

  constructor(connection: Connection, options: FanoutServerOptions, said: (line: ClientLine) => void) {
    this.connection = connection;
    this.#options = options;
    this.#said = said;
    this.#writer = new LineWriter(connection.writable, MAX_WAITING_LINES, () => this.#refuse('reads too slowly'));
    this.#restartIdle();
    connection.readable.on('data', (chunk: Buffer) => this.#read(chunk));
    connection.readable.on('end', () => connection.close());
    this.write('debug!connected...\n');
  }

  write(line: string): void {
    this.#writer.write(line);
  }

  subscribe(channel: string): void {
    if (this.channels.size >= MAX_CHANNELS_PER_CLIENT) this.#refuse('too many channels');
    else this.channels.add(channel);
  }

  end(): void {
    this.#cancelIdle();
    this.channels.clear();
  }

  #read(chunk: Buffer): void {
    const lines = this.#splitter.feed(chunk);
    if (!lines) return this.#refuse('line too long');
    if (!this.#allows(lines.length)) return this.#refuse('too many lines');
    this.#restartIdle();
    for (const line of lines) {
      const parsed = parseClientLine(line);
      if (parsed) this.#said(parsed);
    }
  }

  #allows(lines: number): boolean {
    const nowMs = this.#options.clock.monotonic();
    const regained = ((nowMs - this.#allowance.atMs) * LINES_PER_MINUTE) / 60_000;
    this.#allowance = { lines: Math.min(LINES_PER_MINUTE, this.#allowance.lines + regained) - lines, atMs: nowMs };
    return this.#allowance.lines >= 0;
  }

  #restartIdle(): void {
    this.#cancelIdle();
    this.#cancelIdle = this.#options.clock.after(this.#options.timing.fanoutIdleMs, () => this.#refuse('idle'));
  }

  #refuse(reason: string): void {
    this.#options.log.info('fanout client dropped', { remote: this.connection.remote, reason });
    this.connection.readable.removeAllListeners('data');
    this.connection.close();
  }
}
