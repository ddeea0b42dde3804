import type { Problem } from '../../shared/problem.ts';
import { lockHome } from '../control/home-lock.ts';
import { makeHome } from '../control/run-engine.ts';
import type { EngineHandlers } from '../engine/engine-face.ts';
import { openEngine } from '../engine/engine.ts';
import { LockstepError } from '../engine/errors.ts';
import type { Home } from '../engine/home.ts';
import { nodePorts } from '../engine/ports/node-ports.ts';
import type { Host, Log } from '../engine/ports.ts';
import { VERSION } from './version.ts';

export interface OfflineEngine {
  readonly handlers: EngineHandlers;
  readonly log: Log;
  /** Of the program itself, as they were found on opening. */
  readonly problems: readonly Problem[];
  close(): Promise<void>;
}

/** An engine that starts nothing, under the home's lock; null when another program has the home. `as`: what it takes the host for. */
export async function openOffline(home: Home, env: Host['env'], as: Partial<Host> = {}): Promise<OfflineEngine | null> {
  await makeHome(home);
  const real = nodePorts({ home, processEnv: env });
  const ports = { ...real, host: { ...real.host, ...as } };
  const lock = await lockHome(ports, home).catch((error: unknown) => {
    if (error instanceof LockstepError && error.code === 'already-running') return null;
    throw error;
  });
  if (!lock) return null;
  try {
    const engine = await openEngine({ ports, home, version: VERSION, mode: 'offline' });
    const close = async () => {
      await engine.stop();
      await ports.http.close();
      await lock.release();
    };
    return { handlers: engine.handlers, log: ports.log, problems: engine.store.get().problems, close };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
