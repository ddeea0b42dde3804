import type { Socket } from 'node:net';
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

  constructor(socket: Socket, context: DispatchContext, hello: object) {
    this.#socket = socket;
    this.#context = context;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', (error) => context.log.debug('a control connection broke', { error }));
    socket.on('close', () => this.#abortAll());
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
    } catch (error) {
      // Not the words of the error: the parser's quote what it met, and that may be half of a password.
      this.#context.log.warn('a control connection sent what is not a request', { why: error instanceof Error ? error.name : '' });
      this.#socket.destroy();
    }
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

  /** Waits while the other end is slower than we are, so that a stream keeps only its newest states. */
  async #send(frame: Reply): Promise<void> {
    if (!this.#socket.writable) return;
    const line = `${JSON.stringify(frame)}\n`;
    const large = line.length > MAX_REPLY_BYTES;
    const fits = this.#socket.write(large ? `${JSON.stringify(tooLarge(frame.id))}\n` : line);
    if (!fits) await new Promise<void>((resolve) => this.#socket.once('drain', resolve).once('close', () => resolve()));
  }

  #abortAll(): void {
    for (const ending of this.#open.values()) ending.abort();
  }
}

const reply = (id: number, given: Answer, kind: 'value' | 'item'): Reply => ('failure' in given ? { id, failure: given.failure } : { id, [kind]: given.value });

const tooLarge = (id: number): Reply => ({ id, failure: { code: 'not-available', message: 'That is too large to be handed over.', params: {} } });
