/** The two channels between a window and the main process: questions with their answers, and the state as it changes. */
export const INVOKE_CHANNEL = 'invoke';
export const STATE_CHANNEL = 'state';

/** `window.lockstep`, as the preload puts it there: transport only. Whoever calls it parses what comes back. */
export interface WindowBridge {
  /** Answers with a `Reply` (`reply.ts`); `command` is a key of `WINDOW_COMMANDS`. */
  invoke(command: string, input: unknown): Promise<unknown>;
  /**
   * Calls with each `AppState` as it changes, newest last (take the first from `state.get`), and with null when the engine
   * fell silent: what was seen last is stale until the next state. The returned function ends it.
   */
  onState(listener: (state: unknown) => void): () => void;
  /** The path of a `File` that was dropped on the window; empty when it has none. */
  pathOf(file: object): string;
}
