import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppState } from '../shared/app-state.ts';
import type { LockstepClient } from './lockstep-client.ts';

/** What the window knows of the engine: its newest state, and since when that is old news. */
export interface Sight {
  readonly state: AppState | null;
  /** Set while the engine is silent: when that began (ms since 1970). What is shown is from then. */
  readonly silentSinceMs: number | null;
}

export type AppStateStore = StoreApi<Sight>;

export const createAppStateStore = (state: AppState | null = null, silentSinceMs: number | null = null): AppStateStore =>
  createStore<Sight>(() => ({ state, silentSinceMs }));

/** Replaces the state as a whole; revisions count per run of the engine, so an older one is dropped only within the same run. */
export function accept(sight: Sight, state: AppState): Sight {
  const seen = sight.state;
  const isOlder = seen !== null && seen.pid === state.pid && seen.startedAt === state.startedAt && state.revision < seen.revision;
  return { state: isOlder ? seen : state, silentSinceMs: null };
}

/** Subscribes, then takes a snapshot, so that no state between the two is missed. The returned function ends it. */
export function connect(store: AppStateStore, client: LockstepClient, nowMs: () => number = Date.now): () => void {
  const fellSilent = () => store.setState((sight) => (sight.silentSinceMs === null ? { ...sight, silentSinceMs: nowMs() } : sight));
  const end = client.onState((state) => (state ? store.setState((sight) => accept(sight, state)) : fellSilent()));
  void refresh(store, client).then((answered) => answered || fellSilent());
  return end;
}

/** Asks for the state once; false when nobody answered. */
export async function refresh(store: AppStateStore, client: LockstepClient): Promise<boolean> {
  const answer = await client.invoke('state.get', {});
  if (answer.ok) store.setState((sight) => accept(sight, answer.value));
  return answer.ok;
}
