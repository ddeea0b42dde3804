import type { Socket } from 'node:net';
import type { ByteBudget } from './byte-budget.ts';
import { answer, answers, isStream, type Answer, type DispatchContext } from './dispatch.ts';
import { LineReader, MAX_REPLY_BYTES, MAX_REQUEST_BYTES, requestSchema, type Reply, type Request } from './frames.ts';

/** More at once than any host asks; what comes above is refused by closing. */
const MAX_OPEN_REQUESTS = 256;
const FAREWELL_MS = 500;

/** The server's end of one connection: requests in, replies out, each request with an abort of its own. */
export class ServedConnection {
  readonly #socket: Socket;
  readonly #context: DispatchContext;
  readonly #open = new Map<number, AbortController>();
  readonly #lines = new LineReader(MAX_REQUEST_BYTES);
  readonly #unfinished: ByteBudget;
  #taken = 0;
  /** While it is slower than we are. */
  #drained: Promise<void> | null = null;

  /** `unfinished`: what all connections together may keep of requests that have no end yet. */
  constructor(socket: Socket, context: DispatchContext, hello: object, unfinished: ByteBudget) {
    this.#socket = socket;
    this.#context = context;
    this.#unfinished = unfinished;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', (error) => context.log.debug('a control connection broke', { error }));
    socket.on('close', () => this.#closed());
    socket.write(`${JSON.stringify(hello)}\n`);
  }

  /** Ends what runs, lets replies that are on their way go out, and closes. */
  end(): void {
    this.#abortAll();
    this.#socket.end();
    setTimeout(() => this.#socket.destroy(), FAREWELL_MS).unref();
  }

  #read(chunk: Buffer): void {
    try {
      for (const line of this.#lines.push(chunk)) this.#take(requestSchema.parse(JSON.parse(line)));
      this.#keep(this.#lines.waitingBytes);
    } catch (error) {
      // Not the words of the error: the parser's quote what it met, and that may be half of a password.
      this.#context.log.warn('a control connection sent what is not a request', { why: error instanceof Error ? error.name : '' });
      this.#socket.destroy();
    }
  }

  #keep(bytes: number): void {
    if (!this.#unfinished.take(bytes - this.#taken)) throw new Error('too much that has no end');
    this.#taken = bytes;
  }

  #take(request: Request): void {
    if ('cancel' in request) return this.#open.get(request.id)?.abort();
    if (this.#open.has(request.id) || this.#open.size >= MAX_OPEN_REQUESTS) throw new Error('too many requests, or one id twice');
    const ending = new AbortController();
    this.#open.set(request.id, ending);
    void this.#answer(request, ending.signal).finally(() => this.#open.delete(request.id));
  }

  async #answer({ id, command, input }: Extract<Request, { command: string }>, signal: AbortSignal): Promise<void> {
    if (!isStream(command)) return this.#send(reply(id, await answer(this.#context, command, input, signal), 'value'));
    for await (const next of answers(this.#context, command, input, signal)) await this.#send(reply(id, next, 'item'));
    await this.#send({ id, end: true });
  }

  /**
   * Waits while the other end is slower than we are, so that a stream keeps only its newest states; each reply is written
   * down only when its turn comes: for whoever asks much and reads little, little is kept ready.
   */
  async #send(frame: Reply): Promise<void> {
    while (this.#drained) await this.#drained;
    if (!this.#socket.writable || this.#socket.write(lineOf(frame))) return;
    this.#drained = this.#drain();
    await this.#drained;
  }

  #drain(): Promise<void> {
    return new Promise((resolve) => {
      const goOn = (): void => {
        this.#socket.off('drain', goOn).off('close', goOn);
        this.#drained = null;
        resolve();
      };
      this.#socket.on('drain', goOn).on('close', goOn);
    });
  }

  #closed(): void {
    this.#abortAll();
    this.#keep(0);
  }

  #abortAll(): void {
    for (const ending of this.#open.values()) ending.abort();
  }
}

const reply = (id: number, given: Answer, kind: 'value' | 'item'): Reply => ('failure' in given ? { id, failure: given.failure } : { id, [kind]: given.value });

function lineOf(frame: Reply): string {
  try {
    const line = `${JSON.stringify(frame)}\n`;
    if (line.length <= MAX_REPLY_BYTES) return line;
  } catch {
    // Longer than a text can be.
  }
  return `${JSON.stringify(tooLarge(frame.id))}\n`;
}

const tooLarge = (id: number): Reply => ({ id, failure: { code: 'not-available', message: 'That is too large to be handed over.', params: {} } });
