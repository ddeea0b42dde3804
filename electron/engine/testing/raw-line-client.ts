import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A bare TCP client: writes what it is told, keeps each packet that comes. */
export class RawLineClient {
  readonly packets: string[] = [];
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #waiting = new Set<() => void>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => undefined);
    socket.setEncoding('utf8').on('data', (packet: string) => {
      this.packets.push(packet);
      for (const wake of [...this.#waiting]) wake();
      this.#waiting.clear();
    });
  }

  /** `address`: `HOST:PORT`. */
  static async connect(address: string): Promise<RawLineClient> {
    const [host = '', port] = address.split(':');
    const socket = connect({ host, port: Number(port) });
    const client = new RawLineClient(socket);
    await once(socket, 'connect');
    return client;
  }

  write(bytes: string): void {
    this.#socket.write(bytes);
  }

  /** The first packet of which it is true, whenever it comes. The test's own limit ends it. */
  async until(condition: (packet: string) => boolean): Promise<string> {
    for (;;) {
      const found = this.packets.find(condition);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** No more is read, so that what is sent to it piles up. */
  stopReading(): void {
    this.#socket.pause();
  }

  readAgain(): void {
    this.#socket.resume();
  }

  async close(): Promise<void> {
    this.#socket.destroy();
    await this.closed;
  }
}
