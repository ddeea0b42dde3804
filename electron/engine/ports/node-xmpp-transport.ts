import { EventEmitter } from 'node:events';
import type { TLSSocket } from 'node:tls';
import { boundedParser, type ParserClass } from './node-xmpp-parser.ts';

/** The only address the library's transport knows. What a server names in `see-other-host` is none, so it is never followed. */
export const SERVICE = 'xmpps://the-connection-we-made';

/** A class of which only the prototype is ever used. */
export interface Transport {
  readonly prototype: { socketParameters(service: string): unknown; readonly Socket: unknown; readonly Parser: ParserClass };
}

/** The library's TLS transport, over a connection that exists already. */
export function overSocket(transports: readonly Transport[], socket: TLSSocket): Transport {
  const base = transports.find((transport) => transport.prototype.socketParameters('xmpps://host') !== undefined);
  if (!base) throw new Error('@xmpp/client has no TLS transport');
  const own: Transport['prototype'] = {
    socketParameters: (service) => (service === SERVICE ? {} : undefined),
    Parser: boundedParser(base.prototype.Parser),
    Socket: class extends OpenSocket {
      constructor() {
        super(socket);
      }
    },
  };
  return { prototype: Object.assign(Object.create(base.prototype) as object, own) };
}

/** What the library takes for a socket that it connects itself. */
class OpenSocket extends EventEmitter {
  readonly secure = true;
  readonly #socket: TLSSocket;

  constructor(socket: TLSSocket) {
    super();
    this.#socket = socket;
  }

  connect(): void {
    // As text, so that a character may be split between two packets.
    this.#socket.setEncoding('utf8');
    this.#socket.on('data', (text) => this.emit('data', text));
    this.#socket.on('close', () => this.emit('close'));
    // The library stops listening before the connection is quite gone; an error then has nobody to tell.
    this.#socket.on('error', (error) => this.listenerCount('error') > 0 && this.emit('error', error));
    queueMicrotask(() => this.emit('connect'));
  }

  write(text: string, written: (error?: Error | null) => void): void {
    this.#socket.write(text, written);
  }

  end(): void {
    this.#socket.end();
  }
}
