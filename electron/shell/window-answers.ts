import type { Failure } from '../../shared/failure.ts';
import type { Reply } from '../../shared/reply.ts';
import { SHELL_COMMANDS } from '../../shared/shell-commands.ts';
import type { Text } from '../../shared/text/text.ts';
import { WINDOW_COMMANDS } from '../../shared/window-commands.ts';
import { answer, failureOf } from '../control/dispatch.ts';
import { issueSentence } from '../../shared/text/issue-text.ts';
import type { EngineHandlers } from '../engine/engine-face.ts';
import { LockstepError } from '../engine/errors.ts';
import type { Log } from '../engine/ports.ts';
import type { ShellHandlers } from './shell-handlers.ts';

interface Answering {
  /** Null while no engine answers. */
  readonly handlers: EngineHandlers | null;
  readonly shell: ShellHandlers;
  readonly text: Text;
  readonly log: Log;
}

/**
 * Answers one question of a window: only commands of the window's table, with input and output as it says. What goes wrong
 * is an answer with a sentence, never an exception: that would reach the window without its code. Streams are for the
 * command line: a window gets the state pushed.
 */
export async function answerWindow(answering: Answering, command: unknown, input: unknown, signal: AbortSignal): Promise<Reply> {
  const { handlers, ...context } = answering;
  if (isKey(SHELL_COMMANDS, command)) return answerShell(answering, command, input, signal);
  if (!isKey(WINDOW_COMMANDS, command)) return refused(failureOf(new LockstepError('usage'), context));
  const parsed = WINDOW_COMMANDS[command].input.safeParse(input);
  if (!parsed.success) return refused(failureOf(new LockstepError('usage', { detail: issueSentence(context.text, parsed.error) }), context));
  if (!handlers) return refused(failureOf(new LockstepError('not-running'), context));
  const answered = await answer({ ...context, handlers }, command, parsed.data, signal);
  return 'failure' in answered ? refused(answered.failure) : { ok: true, value: answered.value };
}

async function answerShell({ shell, ...context }: Answering, command: keyof ShellHandlers, input: unknown, signal: AbortSignal): Promise<Reply> {
  const schemas = SHELL_COMMANDS[command];
  // The table ties a command's schemas to its handler; TypeScript cannot follow that through a name that came from outside.
  const handler = shell[command] as (parsed: unknown, signal: AbortSignal) => Promise<unknown>;
  try {
    const parsed = schemas.input.safeParse(input);
    if (!parsed.success) throw new LockstepError('usage', { detail: issueSentence(context.text, parsed.error) });
    return { ok: true, value: schemas.output.parse(await handler(parsed.data, signal)) };
  } catch (error) {
    return refused(failureOf(error, context, signal));
  }
}

const refused = (failure: Failure): Reply => ({ ok: false, failure });

const isKey = <T extends object>(table: T, key: unknown): key is keyof T & string => typeof key === 'string' && Object.hasOwn(table, key);
