import { closeSync, constants, openSync } from 'node:fs';
import { posix } from 'node:path';

/** `sun_path` holds 108 bytes with the closing zero (unix(7)); elsewhere 104. */
const LONGEST_SOCKET_PATH_BYTES = 100;

/**
 * A path under which the socket can be bound and reached however long its real one is: through the descriptor of its
 * directory. `release` closes that; a server must keep it until it has closed, since the socket is removed by this path.
 */
export function reachableSocketPath(file: string): { readonly path: string; release(): void } {
  if (Buffer.byteLength(file) <= LONGEST_SOCKET_PATH_BYTES || process.platform !== 'linux') return { path: file, release: () => undefined };
  const directory = openSync(posix.dirname(file), constants.O_RDONLY | constants.O_DIRECTORY);
  return { path: `/proc/self/fd/${directory}/${posix.basename(file)}`, release: () => closeSync(directory) };
}
