import type { SignalStatus } from '../../../shared/app-state.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Ports } from '../ports.ts';
import { formatAddress, ownAddress, parseFanoutUrl, parseServeAddress, type Address } from './fanout-address.ts';
import { FanoutClient } from './fanout-client.ts';
import { FanoutServer } from './fanout-server.ts';
import type { SignalTiming } from './signal-timing.ts';

export interface FanoutLinksOptions {
  readonly ports: Ports;
  readonly timing: SignalTiming;
  readonly changed: () => void;
  readonly connected: () => void;
  readonly message: (channel: string, message: string) => void;
}

type FanoutSettings = Settings['signal']['fanout'];

/** The fanout side of a home: a client of somebody's server, a server of its own, or both; it is a client of its own server too. */
export class FanoutLinks {
  readonly #options: FanoutLinksOptions;
  #settings: FanoutSettings = null;
  #clients: FanoutClient[] = [];
  #server: FanoutServer | null = null;
  #state: SignalStatus['fanout']['state'] = 'off';
  /** The address that was to be served, while another program has its port. */
  #portTaken: string | null = null;
  #channels: ReadonlySet<string> = new Set();

  constructor(options: FanoutLinksOptions) {
    this.#options = options;
  }

  status(): SignalStatus['fanout'] {
    const { state, url, serving } = { state: this.#state, url: this.#settings?.url ?? null, serving: this.#server && formatAddress(this.#server.address) };
    return { state, url, serving, ...(this.#portTaken === null ? {} : { portTaken: this.#portTaken }) };
  }

  /** The same settings again end a pause before the next attempt. Throws `port-taken`, `address-refused`; a client configured beside it works nevertheless. */
  async configure(settings: FanoutSettings): Promise<void> {
    const unchanged = settings?.url === this.#settings?.url && settings?.serve === this.#settings?.serve && (this.#server !== null) === (typeof settings?.serve === 'string');
    if (unchanged) {
      for (const client of this.#clients) client.retry();
      return;
    }
    await this.close();
    const url = settings?.url ? parseFanoutUrl(settings.url) : null;
    const serve = settings?.serve ? parseServeAddress(settings.serve) : null;
    this.#settings = settings;
    if (url) this.#connect(url, true);
    if (serve) {
      this.#portTaken = settings?.serve ?? null;
      this.#server = await FanoutServer.listen({ ...this.#options.ports, timing: this.#options.timing }, serve);
      this.#portTaken = null;
      this.#connect(ownAddress(this.#server.address), url === null);
    }
    this.#options.changed();
  }

  listenOn(channels: ReadonlySet<string>): void {
    this.#channels = channels;
    for (const client of this.#clients) client.listenOn(channels);
  }

  announce(channel: string, message: string): void {
    for (const client of this.#clients) client.announce(channel, message);
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.splice(0).map((client) => client.close()));
    await this.#server?.close();
    this.#server = null;
    this.#settings = null;
    this.#portTaken = null;
    this.#state = 'off';
  }

  /** `shown`: its state is the one people see. */
  #connect(server: Address, shown: boolean): void {
    const { ports, timing, changed, connected, message } = this.#options;
    const client = new FanoutClient({
      ...ports,
      timing,
      server,
      events: {
        changed: (state) => {
          if (!shown) return;
          this.#state = state;
          changed();
        },
        connected,
        message,
      },
    });
    client.listenOn(this.#channels);
    this.#clients.push(client);
  }
}
