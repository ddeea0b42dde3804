import { z } from 'zod';
import { failureSchema } from './failure.ts';

/** The two channels between a window and the main process: questions with their answers, and the state as it changes. */
export const INVOKE_CHANNEL = 'invoke';
export const STATE_CHANNEL = 'state';

/** How a question is answered. A failure is a value, for an exception would lose its code on the way. */
export const replySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), failure: failureSchema }),
]);
export type Reply = z.infer<typeof replySchema>;

/** `window.lockstep`, as the preload puts it there: transport only. Whoever calls it parses what comes back. */
export interface WindowBridge {
  /** Answers with a `Reply`; `command` is a key of `WINDOW_COMMANDS`. */
  invoke(command: string, input: unknown): Promise<unknown>;
  /** Calls with each `AppState` as it changes, newest last (take the first from `state.get`); the returned function ends it. */
  onState(listener: (state: unknown) => void): () => void;
  /** The path of a `File` that was dropped on the window; empty when it has none. */
  pathOf(file: object): string;
}
