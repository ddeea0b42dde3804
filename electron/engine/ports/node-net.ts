import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Connection, Net } from '../ports.ts';

function connection(socket: Socket): Connection {
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 30_000);
  // A broken connection is a closed one; whoever reads it sees its end.
  socket.on('error', () => undefined);
  return {
    remote: `${socket.remoteAddress}:${socket.remotePort}`,
    readable: socket,
    writable: socket,
    close: () => socket.destroy(),
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
  };
}

function open({ host, port }: { host: string; port: number }, signal: AbortSignal): Promise<Connection> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host, port });
    const abort = (): void => {
      socket.destroy();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', (error) => {
      signal.removeEventListener('abort', abort);
      reject(error);
    });
    socket.once('connect', () => {
      signal.removeEventListener('abort', abort);
      resolve(connection(socket));
    });
  });
}

async function listen({ host, port }: { host: string; port: number }, accept: (connection: Connection) => void): ReturnType<Net['listen']> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    accept(connection(socket));
  });
  await listening(server, host, port);
  const address = server.address();
  return {
    host,
    port: address !== null && typeof address === 'object' ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const listening = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      // Out of file descriptors while accepting: that peer goes without, the listener stays.
      server.on('error', () => undefined);
      resolve();
    });
  });

/** TCP. Closing a listener ends the connections it accepted. */
export const nodeNet: Net = { connect: open, listen };
