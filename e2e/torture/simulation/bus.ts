import { Duplex } from 'node:stream';
import { LineSplitter, messageLine, parseClientLine } from '../../../electron/engine/signals/fanout-protocol.ts';
import type { Connection, Net } from '../../../electron/engine/ports.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Life } from './turnstile.ts';

/** What becomes of messages: shares of them, from 0 to 1. */
export interface BusFaults {
  readonly drop: number;
  readonly repeat: number;
  /** Held back for some seconds, so that later ones overtake it. */
  readonly delay: number;
}

export const CALM: BusFaults = { drop: 0, repeat: 0, delay: 0 };

interface Subscriber {
  readonly life: Life;
  readonly socket: Duplex;
  readonly channels: Set<string>;
}

interface BusOptions {
  readonly random: SeededRandom;
  readonly deliver: (life: Life, afterMs: number, event: () => void) => void;
  readonly reachable: (machine: number) => boolean;
}

export const BUS_ADDRESS = 'tcp://bus.invalid:1986';

/** A fanout server in memory, whose messages get lost, come twice, late and in another order, and among which a stranger mixes. */
export class Bus {
  readonly #options: BusOptions;
  readonly #subscribers = new Set<Subscriber>();
  /** What was said on it, for whoever says it again. */
  readonly #heard: { readonly channel: string; readonly message: string }[] = [];
  faults: BusFaults = CALM;

  constructor(options: BusOptions) {
    this.#options = options;
  }

  /** The network of one program: nothing but this bus. */
  net(life: Life): Net {
    return {
      connect: async () => {
        if (!this.#options.reachable(life.machine)) throw Object.assign(new Error('connect ENETUNREACH'), { code: 'ENETUNREACH' });
        return this.#connect(life);
      },
      listen: () => Promise.reject(Object.assign(new Error('listen EACCES'), { code: 'EACCES' })),
    };
  }

  /** Cuts off a machine; it comes back by itself when it can. */
  cut(machine: number): void {
    for (const { life, socket } of [...this.#subscribers]) if (life.machine === machine) socket.destroy();
  }

  /** Says something again that was said before. */
  replay(which: number): void {
    const said = this.#heard[which % Math.max(1, this.#heard.length)];
    if (said) this.#spread(said.channel, said.message, null);
  }

  /** A stranger, who has no key, speaks on a channel that is used. */
  forge(which: number): void {
    const said = this.#heard[which % Math.max(1, this.#heard.length)];
    if (!said) return;
    const flipped = said.message.slice(0, -4) + said.message.slice(-4).replace(/[A-Za-z0-9]/g, (letter) => (letter === 'A' ? 'B' : 'A'));
    for (const message of [flipped, 'x'.repeat(300), `${said.message}${said.message}`, Buffer.from('{"v":1,"repo":"../..","tip":"--upload-pack=x"}').toString('base64url')]) this.#spread(said.channel, message, null);
  }

  #connect(life: Life): Connection {
    const splitter = new LineSplitter();
    const socket = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        for (const line of splitter.feed(chunk) ?? []) this.#said(subscriber, line);
        done();
      },
    });
    const subscriber: Subscriber = { life, socket, channels: new Set() };
    socket.on('error', () => undefined);
    this.#subscribers.add(subscriber);
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    void closed.then(() => this.#subscribers.delete(subscriber));
    return { remote: 'bus.invalid:1986', readable: socket, writable: socket, close: () => socket.destroy(), closed };
  }

  #said(subscriber: Subscriber, text: string): void {
    const line = parseClientLine(text);
    if (line?.kind === 'subscribe') subscriber.channels.add(line.channel);
    if (line?.kind === 'unsubscribe') subscriber.channels.delete(line.channel);
    if (line?.kind === 'ping') this.#hand(subscriber, '1\n', 0);
    if (line?.kind !== 'announce') return;
    this.#heard.push({ channel: line.channel, message: line.message });
    this.#spread(line.channel, line.message, subscriber);
  }

  #spread(channel: string, message: string, except: Subscriber | null): void {
    const { random } = this.#options;
    for (const subscriber of this.#subscribers) {
      if (subscriber === except || !subscriber.channels.has(channel) || random.fraction() < this.faults.drop) continue;
      const lateMs = random.fraction() < this.faults.delay ? random.below(10_000) : 0;
      this.#hand(subscriber, messageLine(channel, message), lateMs);
      if (random.fraction() < this.faults.repeat) this.#hand(subscriber, messageLine(channel, message), lateMs + random.below(2_000));
    }
  }

  #hand({ life, socket }: Subscriber, line: string, afterMs: number): void {
    this.#options.deliver(life, afterMs, () => {
      if (!socket.destroyed) socket.push(line);
    });
  }
}
