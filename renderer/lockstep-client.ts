import { z } from 'zod';
import { appStateSchema, type AppState } from '../shared/app-state.ts';
import { WINDOW_COMMANDS, type WindowArguments, type WindowCommand, type WindowOutput } from '../shared/window-commands.ts';
import type { Failure } from '../shared/failure.ts';
import { replySchema } from '../shared/reply.ts';
import { issueSentence } from '../shared/text/issue-text.ts';
import { failureSentence } from '../shared/text/problem-text.ts';
import type { Text } from '../shared/text/text.ts';
import type { WindowBridge } from '../shared/window-bridge.ts';

declare global {
  interface Window {
    readonly lockstep?: WindowBridge;
  }
}

/** A line for the sentence about it; what exactly an answer lacked is more than a person can use. */
function unexpected(command: string, error: unknown): string {
  if (error instanceof z.ZodError) return `the answer to ${command} has no valid “${error.issues[0]?.path.join('.') ?? ''}”`;
  return error instanceof Error ? error.message : String(error);
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** The window's way to the engine: every command of the table, typed, and parsed on the way out and in. */
export interface LockstepClient {
  /** Never rejects: what went wrong is the answer. */
  invoke<C extends WindowCommand>(command: C, input: WindowArguments<C>): Promise<Answer<WindowOutput<C>>>;
  /** Calls with each state that parses, and with null when the engine fell silent. The returned function ends it. */
  onState(listener: (state: AppState | null) => void): () => void;
  /** Absolute path of a dropped file or folder; empty when it has none. */
  pathOf(file: File): string;
}

/** `bridge` is missing in a plain browser: then every command answers `not-available`. */
export function createClient(bridge: WindowBridge | undefined, text: Text): LockstepClient {
  const fail = (code: Failure['code'], detail?: string): { ok: false; failure: Failure } => {
    const params: Failure['params'] = detail === undefined ? {} : { detail };
    return { ok: false, failure: { code, message: failureSentence(text, code, params), params } };
  };
  return {
    async invoke<C extends WindowCommand>(command: C, input: WindowArguments<C>): Promise<Answer<WindowOutput<C>>> {
      if (!bridge) return fail('not-available');
      const schemas: { input: z.ZodType; output: z.ZodType } = WINDOW_COMMANDS[command];
      const sent = schemas.input.safeParse(input);
      if (!sent.success) return fail('usage', issueSentence(text, sent.error));
      try {
        const reply = replySchema.parse(await bridge.invoke(command, sent.data));
        if (!reply.ok) return { ok: false, failure: reply.failure };
        // The table ties each output to its command; TypeScript cannot follow that through an index by C.
        return { ok: true, value: schemas.output.parse(reply.value) as WindowOutput<C> };
      } catch (error) {
        return fail('internal', unexpected(command, error));
      }
    },
    onState(listener) {
      if (!bridge) return () => undefined;
      return bridge.onState((sent) => {
        const parsed = appStateSchema.nullable().safeParse(sent);
        if (parsed.success) listener(parsed.data);
      });
    },
    pathOf: (file) => bridge?.pathOf(file) ?? '',
  };
}
