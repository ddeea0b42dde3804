import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { posix } from 'node:path';
import { ByteBudget } from './byte-budget.ts';
import type { DispatchContext } from './dispatch.ts';
import { PROTOCOL } from './frames.ts';
import { ServedConnection } from './served-connection.ts';
import { reachableSocketPath } from './socket-path.ts';

export interface SocketServer {
  /** Takes no more connections, ends what runs, and removes the socket. */
  close(): Promise<void>;
}

export interface SocketServerOptions extends DispatchContext {
  /** Path of the socket; whoever calls holds the home, so that what lies there is left over. */
  readonly file: string;
  readonly version: string;
  readonly pid: number;
}

/** Four of the largest requests that are on their way. */
const MAX_UNFINISHED_BYTES = 64 * 1024 * 1024;

/** Serves the command table on a local socket that only its owner can reach (0600, in a folder 0700). */
export async function serveSocket(options: SocketServerOptions): Promise<SocketServer> {
  mkdirSync(posix.dirname(options.file), { recursive: true, mode: 0o700 });
  rmSync(options.file, { force: true });
  const connections = new Set<ServedConnection>();
  const unfinished = new ByteBudget(MAX_UNFINISHED_BYTES);
  const hello = { lockstep: PROTOCOL, version: options.version, pid: options.pid };
  const server = createServer((socket: Socket) => {
    const connection = new ServedConnection(socket, options, hello, unfinished);
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  });
  const reachable = reachableSocketPath(options.file);
  await listenPrivately(server, reachable.path);
  chmodSync(reachable.path, 0o600);
  return {
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const connection of connections) connection.end();
      await closed;
      reachable.release();
    },
  };
}

async function listenPrivately(server: Server, path: string): Promise<void> {
  const listening = new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  // The socket is bound while `listen` runs, with the mode the mask leaves: nobody else can get in before the chmod.
  const mask = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(mask);
  }
  await listening;
}
