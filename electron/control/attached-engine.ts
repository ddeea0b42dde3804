import { LockstepError } from '../engine/errors.ts';
import type { Engine, EngineHandlers } from '../engine/engine-face.ts';
import { StateStore } from '../engine/state-store.ts';
import { connectEngine } from './socket-client.ts';

/** A running program as a host sees its own engine: a store that follows its state, and its handlers. */
export interface AttachedEngine {
  readonly store: Pick<Engine['store'], 'get' | 'subscribe'>;
  readonly handlers: EngineHandlers;
  /** Resolves when it went away, or after `close`. */
  readonly lost: Promise<void>;
  /** Lets it go on without us. */
  close(): void;
}

/** Attaches to the program that serves `socketFile`; resolves with its first state. Null when none runs. */
export async function attachEngine(socketFile: string): Promise<AttachedEngine | null> {
  const remote = await connectEngine(socketFile);
  if (!remote) return null;
  const ending = new AbortController();
  const states = remote.handlers['state.watch']({}, ending.signal)[Symbol.asyncIterator]();
  const first = await states.next();
  if (first.done) throw new LockstepError('not-running');
  const store = new StateStore(first.value);
  const followed = follow(states, store);
  const close = () => {
    ending.abort();
    remote.close();
  };
  return { store, handlers: remote.handlers, lost: Promise.race([followed, remote.closed]).then(close), close };
}

async function follow(states: AsyncIterator<ReturnType<StateStore['get']>>, store: StateStore): Promise<void> {
  try {
    for (let next = await states.next(); !next.done; next = await states.next()) {
      // The store gives revisions of its own; every state that comes is newer than the last.
      const { revision: _theirs, ...slices } = next.value;
      store.update(() => slices);
    }
  } catch {
    // The connection ended: that is what `lost` says.
  }
}
