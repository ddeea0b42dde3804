import { chmod, mkdir, readdir } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Text } from '../../shared/text/text.ts';
import type { Engine, EngineOptions } from '../engine/engine-face.ts';
import { openEngine } from '../engine/engine.ts';
import { LockstepError, systemCode } from '../engine/errors.ts';
import type { Home } from '../engine/home.ts';
import { lockHome } from './home-lock.ts';
import { serveSocket } from './socket-server.ts';

export interface RunningEngine {
  /** Opened and reachable; its host calls `start`. */
  readonly engine: Engine;
  /** Socket closed, engine ended, home given back: within 5 s. Again: the same promise. */
  stop(): Promise<void>;
}

export interface RunOptions extends Omit<EngineOptions, 'mode'> {
  readonly text: Text;
  /** Another engine, for tests. */
  readonly open?: (options: EngineOptions) => Promise<Engine>;
}

/** The engine ends by itself in this time; whatever still hangs then must not keep the program. */
const STOP_LIMIT_MS = 3_500;

/** What daemon and desktop app share: the home held, the engine opened on it, the socket served. Throws `already-running` with the pid. */
export async function runEngine(options: RunOptions): Promise<RunningEngine> {
  const { ports, home, version, text, open = openEngine } = options;
  await makeHome(home);
  const lock = await lockHome(ports, home);
  try {
    const engine = await open({ ports, home, version, mode: 'running' });
    const server = await serveSocket({ file: home.socketFile, handlers: engine.handlers, text, log: ports.log, version, pid: ports.host.pid });
    let stopping: Promise<void> | undefined;
    const stop = async () => {
      const ended = Promise.all([server.close(), engine.stop()]).then(() => undefined);
      await Promise.race([ended, after(STOP_LIMIT_MS).then(() => ports.log.error('stopping took too long; what was left was let go'))]);
      await lock.release();
    };
    return { engine, stop: () => (stopping ??= stop()) };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

const after = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });

/** Our folders, closed to others. A folder that holds things which are not ours is used as it is. */
export async function makeHome(home: Home): Promise<void> {
  for (const directory of new Set([home.directory, home.stateDirectory])) {
    try {
      await makeDirectory(directory);
      const names = await readdir(directory);
      if (names.length === 0 || names.includes('settings.json') || names.includes('lockstep.lock')) await chmod(directory, 0o700);
    } catch (error) {
      throw new LockstepError(systemCode(error) === 'ENOSPC' ? 'disk-full' : 'read-only', { path: directory }, { cause: error });
    }
  }
}

/** With what lies above it. Not `recursive`: below `/proc` that never ends (Node 20). */
async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return;
    if (systemCode(error) !== 'ENOENT' || posix.dirname(path) === path) throw error;
    await makeDirectory(posix.dirname(path));
    // Whole again: the log, or another program, may have made it in between.
    await makeDirectory(path);
  }
}
