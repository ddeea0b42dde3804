import { connect, type Socket } from 'node:net';
import { ENGINE_COMMANDS, type CommandOutput, type EngineCommand } from '../../shared/commands.ts';
import type { Failure } from '../../shared/failure.ts';
import type { EngineHandlers } from '../engine/engine-face.ts';
import { LockstepError, systemCode } from '../engine/errors.ts';
import { helloSchema, LineReader, MAX_REPLY_BYTES, replySchema, type Reply } from './frames.ts';
import { ReplyQueue } from './reply-queue.ts';
import { reachableSocketPath } from './socket-path.ts';

/** A failure that the running program told; its sentence is already made. */
class RemoteFailure extends LockstepError {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code, failure.params);
    this.failure = failure;
  }
}

/** The running program, reached over its socket: the same handlers as in process. */
export interface RemoteEngine {
  readonly handlers: EngineHandlers;
  readonly version: string;
  readonly pid: number;
  /** Resolves when the connection is over, whoever ended it. */
  readonly closed: Promise<void>;
  close(): void;
}

const HELLO_LIMIT_MS = 5_000;

/** Connects to the program that serves `file`; null when none does. */
export async function connectEngine(file: string): Promise<RemoteEngine | null> {
  const socket = await opened(file);
  if (!socket) return null;
  const link = new ClientLink(socket);
  try {
    const { version, pid } = await link.hello;
    return { handlers: remoteHandlers(link), version, pid, closed: link.closed, close: () => link.close() };
  } catch (error) {
    link.close();
    throw error;
  }
}

async function opened(file: string): Promise<Socket | null> {
  try {
    const reachable = reachableSocketPath(file);
    const socket = connect(reachable.path);
    try {
      await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
      return socket;
    } finally {
      reachable.release();
    }
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** The client's end of one connection: gives ids to requests and replies to those that asked. */
class ClientLink {
  readonly closed: Promise<void>;
  readonly hello: Promise<{ version: string; pid: number }>;
  readonly #socket: Socket;
  readonly #lines = new LineReader(MAX_REPLY_BYTES);
  readonly #open = new Map<number, ReplyQueue>();
  #nextId = 0;
  #greet: (line: string) => void = () => undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    this.hello = this.#firstLine();
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('close', () => this.#failAll());
  }

  async *request(command: string, input: unknown, signal: AbortSignal): AsyncGenerator<Reply> {
    if (signal.aborted) throw new LockstepError('cancelled');
    const id = this.#nextId;
    this.#nextId += 1;
    const replies = new ReplyQueue();
    this.#open.set(id, replies);
    const cancel = () => {
      this.#write({ id, cancel: true });
      replies.close();
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      this.#write({ id, command, input });
      yield* replies;
    } finally {
      signal.removeEventListener('abort', cancel);
      if (this.#open.delete(id) && !replies.ended) this.#write({ id, cancel: true });
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  #firstLine(): Promise<{ version: string; pid: number }> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new LockstepError('timeout')), HELLO_LIMIT_MS);
      void this.closed.then(() => reject(new LockstepError('not-running')));
      this.#greet = (line) => {
        clearTimeout(limit);
        const hello = helloSchema.safeParse(JSON.parse(line));
        if (hello.success) resolve(hello.data);
        else reject(new LockstepError('not-available', { detail: 'The program that runs here is of another version; start it again' }));
      };
    });
  }

  #read(chunk: Buffer): void {
    try {
      for (const line of this.#lines.push(chunk)) this.#take(line);
    } catch {
      // What is not a frame of ours ends the connection; whoever waits hears of that.
      this.#socket.destroy();
    }
  }

  #take(line: string): void {
    const greet = this.#greet;
    if (greet !== ignored) {
      this.#greet = ignored;
      return greet(line);
    }
    const reply = replySchema.parse(JSON.parse(line));
    this.#open.get(reply.id)?.push(reply);
  }

  #failAll(): void {
    for (const replies of this.#open.values()) replies.fail(new LockstepError('not-running', { gone: 1 }));
  }

  #write(frame: object): void {
    if (this.#socket.writable) this.#socket.write(`${JSON.stringify(frame)}\n`);
  }
}

const ignored = (): void => undefined;

/** One function a command, made from the table; what comes back is parsed by its schema. */
function remoteHandlers(link: ClientLink): EngineHandlers {
  const entries = (Object.keys(ENGINE_COMMANDS) as EngineCommand[]).map((command) => {
    const { kind } = ENGINE_COMMANDS[command];
    const handler = kind === 'stream' ? (input: unknown, signal: AbortSignal) => streamed(link, command, input, signal) : (input: unknown, signal: AbortSignal) => called(link, command, input, signal);
    return [command, handler] as const;
  });
  // Complete and of the right kinds, since it is made from the table that the type is made from.
  return Object.fromEntries(entries) as unknown as EngineHandlers;
}

async function called<C extends EngineCommand>(link: ClientLink, command: C, input: unknown, signal: AbortSignal): Promise<CommandOutput<C>> {
  for await (const reply of link.request(command, input, signal)) {
    if (reply.failure) throw new RemoteFailure(reply.failure);
    return ENGINE_COMMANDS[command].output.parse(reply.value) as CommandOutput<C>;
  }
  throw new LockstepError('cancelled');
}

async function* streamed<C extends EngineCommand>(link: ClientLink, command: C, input: unknown, signal: AbortSignal): AsyncGenerator<CommandOutput<C>> {
  for await (const reply of link.request(command, input, signal)) {
    if (reply.failure) throw new RemoteFailure(reply.failure);
    if (reply.end) return;
    yield ENGINE_COMMANDS[command].output.parse(reply.item) as CommandOutput<C>;
  }
}
