import type { AppState } from '../../shared/app-state.ts';

/** The one source of truth. Hosts read it, subscribe, and drop older revisions; only the engine replaces it. */
export class StateStore {
  #state: AppState;
  readonly #listeners = new Set<(state: AppState) => void>();

  constructor(first: AppState) {
    this.#state = first;
  }

  get(): AppState {
    return this.#state;
  }

  /** Replaces slices; an unchanged value (by identity) neither bumps the revision nor calls anybody. */
  update(change: (state: AppState) => Partial<Omit<AppState, 'revision'>>): void {
    const slices = change(this.#state);
    const keys = Object.keys(slices) as (keyof typeof slices)[];
    if (keys.every((key) => Object.is(slices[key], this.#state[key]))) return;
    this.#state = { ...this.#state, ...slices, revision: this.#state.revision + 1 };
    for (const listener of [...this.#listeners]) listener(this.#state);
  }

  /** Calls at once with the present state, then on each change; the returned function ends it. */
  subscribe(listener: (state: AppState) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#state);
    return () => this.#listeners.delete(listener);
  }
}
