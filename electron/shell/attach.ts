import type { Text } from '../../shared/text/text.ts';
import { attachEngine } from '../control/attached-engine.ts';
import { runEngine } from '../control/run-engine.ts';
import { LockstepError } from '../engine/errors.ts';
import type { Home } from '../engine/home.ts';
import type { Ports } from '../engine/ports.ts';
import type { Seat } from './current-engine.ts';

interface SeatParts {
  readonly ports: Ports;
  readonly home: Home;
  readonly version: string;
  readonly text: Text;
}

const SYNC_LIMIT_S = 120;

/** Opens the engine here, or attaches to the daemon that has it already. Throws when it can do neither just now. */
export async function takeSeat(parts: SeatParts, signal: AbortSignal): Promise<Seat> {
  try {
    return await ownSeat(parts);
  } catch (error) {
    if (!(error instanceof LockstepError) || error.code !== 'already-running') throw error;
    return attachedSeat(parts, error, signal);
  }
}

async function ownSeat({ ports, home, version, text }: SeatParts): Promise<Seat> {
  const running = await runEngine({ ports, home, version, text });
  const { engine } = running;
  engine.start().catch((cause: unknown) => ports.log.error('The engine did not start', { cause: String(cause) }));
  return {
    engine: { store: engine.store, handlers: engine.handlers, wake: () => engine.wake(), stop: () => running.stop(), stopRequested: engine.stopRequested },
    attached: false,
    lost: new Promise(() => undefined),
  };
}

async function attachedSeat({ ports, home }: SeatParts, running: LockstepError, signal: AbortSignal): Promise<Seat> {
  const daemon = await attachEngine(home.socketFile);
  if (!daemon) throw running;
  const { store, lost } = daemon;
  // The store numbers its states itself: one that is asked for must be of the same count as those that are pushed.
  const handlers = { ...daemon.handlers, 'state.get': async () => store.get() };
  // A daemon hears of no sleep and no network: a sync is what it would do then.
  const wake = () => {
    handlers.sync({ timeoutS: SYNC_LIMIT_S }, signal).catch((cause: unknown) => ports.log.info('The daemon was not woken', { cause: String(cause) }));
  };
  return { engine: { store, handlers, wake, stop: async () => daemon.close(), stopRequested: new Promise(() => undefined) }, attached: true, lost };
}
