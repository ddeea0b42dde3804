import type { AppState } from '../../shared/app-state.ts';
import type { Engine, EngineHandlers } from '../engine/engine-face.ts';
import type { Clock, Log } from '../engine/ports.ts';

/** An engine that answers: this process's own, or that of a daemon on the same home. */
export interface Seat {
  readonly engine: Pick<Engine, 'handlers' | 'wake' | 'stop' | 'stopRequested'> & { readonly store: Pick<Engine['store'], 'get' | 'subscribe'> };
  readonly attached: boolean;
  /** Resolves when it went away by itself (a daemon that ended); never for an own one. */
  readonly lost: Promise<void>;
}

const RETRY_MS = 1000;

/**
 * Whichever engine there is, as tray, window and notifications see it: one stream of states, null while nobody answers.
 * When a daemon goes away the next one is taken, or its place.
 */
export class CurrentEngine {
  #seat: Seat | null = null;
  #running: Promise<void> | null = null;
  #trouble: string | null = null;
  readonly #listeners = new Set<(state: AppState | null) => void>();
  readonly #ending = new AbortController();
  readonly #parts: { take: (signal: AbortSignal) => Promise<Seat>; clock: Clock; log: Log };

  /** `take` opens an engine here or attaches to a running one; it throws when neither can be had now. */
  constructor(parts: { take: (signal: AbortSignal) => Promise<Seat>; clock: Clock; log: Log }) {
    this.#parts = parts;
  }

  get state(): AppState | null {
    return this.#seat?.engine.store.get() ?? null;
  }

  get handlers(): EngineHandlers | null {
    return this.#seat?.engine.handlers ?? null;
  }

  get attached(): boolean {
    return this.#seat?.attached ?? false;
  }

  /** Calls at once and with each change. The returned function ends it. */
  subscribe(listener: (state: AppState | null) => void): () => void {
    this.#listeners.add(listener);
    listener(this.state);
    return () => this.#listeners.delete(listener);
  }

  wake(): void {
    this.#seat?.engine.wake();
  }

  /** Begins to look for an engine; `stopRequested` is called when somebody asked our own one to stop. */
  start(stopRequested: () => void): void {
    this.#running ??= this.#run(stopRequested);
  }

  /** Ends an own engine, or lets a daemon go on without us. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#seat?.engine.stop();
    await this.#running;
  }

  async #run(stopRequested: () => void): Promise<void> {
    const { signal } = this.#ending;
    const ended = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    while (!signal.aborted) {
      const seat = await this.#take(signal);
      if (!seat) {
        await Promise.race([ended, new Promise<void>((resolve) => this.#parts.clock.after(RETRY_MS, resolve))]);
        continue;
      }
      this.#seat = seat;
      if (signal.aborted) return void (await seat.engine.stop());
      if (!seat.attached) void seat.engine.stopRequested.then(() => stopRequested());
      const unsubscribe = seat.engine.store.subscribe((state) => this.#tell(state));
      await Promise.race([seat.lost, ended]);
      unsubscribe();
      if (signal.aborted) return;
      this.#parts.log.warn('The running daemon went away');
      await seat.engine.stop();
      this.#seat = null;
      this.#tell(null);
    }
  }

  async #take(signal: AbortSignal): Promise<Seat | null> {
    try {
      const seat = await this.#parts.take(signal);
      this.#trouble = null;
      return seat;
    } catch (error) {
      const cause = String(error);
      // It is tried every second: the same trouble is told once.
      if (cause !== this.#trouble) this.#parts.log.warn('No engine could be opened or reached', { cause });
      this.#trouble = cause;
      return null;
    }
  }

  #tell(state: AppState | null): void {
    for (const listener of [...this.#listeners]) listener(state);
  }
}
