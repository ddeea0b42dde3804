import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What came back for one question, as it stood on the wire. */
export interface BareReply {
  readonly id: number;
  readonly value?: unknown;
  readonly failure?: { readonly code: string; readonly message: string };
}

/** A client of the control socket that checks nothing: it sends whatever bytes it is given, and keeps whatever comes. */
export class BareClient {
  readonly closed: Promise<void>;
  isClosed = false;
  /** Every byte that came, if it was to be kept. */
  readonly heard: Buffer[] = [];
  readonly #socket: Socket;
  readonly #asked = new Map<number, (reply: BareReply | null) => void>();
  readonly #keeps: boolean;
  #rest = '';
  #nextId = 1;

  private constructor(socket: Socket, keeps: boolean) {
    this.#socket = socket;
    this.#keeps = keeps;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    void this.closed.then(() => {
      this.isClosed = true;
      this.#asked.forEach((settle) => settle(null));
    });
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.#hear(chunk));
  }

  static async connect(file: string, { keeps = false }: { readonly keeps?: boolean } = {}): Promise<BareClient> {
    const socket = connect(file);
    await once(socket, 'connect');
    return new BareClient(socket, keeps);
  }

  /** Asks for anything under any name; null: the connection ended without an answer. */
  ask(command: unknown, input: unknown): Promise<BareReply | null> {
    const id = this.#nextId;
    this.#nextId += 1;
    if (this.isClosed) return Promise.resolve(null);
    const answered = new Promise<BareReply | null>((resolve) => this.#asked.set(id, resolve));
    this.send(`${JSON.stringify({ id, command, input })}\n`);
    return answered;
  }

  send(bytes: string | Buffer): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  /** No more is read, so that what is sent to it piles up. */
  stopReading(): void {
    this.#socket.pause();
  }

  async close(): Promise<void> {
    this.#socket.destroy();
    await this.closed;
  }

  #hear(chunk: Buffer): void {
    if (this.#keeps) this.heard.push(chunk);
    const lines = (this.#rest + chunk.toString('utf8')).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#settle(JSON.parse(line) as BareReply & { readonly lockstep?: number });
  }

  #settle(reply: BareReply & { readonly lockstep?: number; readonly item?: unknown }): void {
    if (reply.lockstep !== undefined || reply.item !== undefined) return;
    this.#asked.get(reply.id)?.(reply);
    this.#asked.delete(reply.id);
  }
}
