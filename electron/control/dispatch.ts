import { ENGINE_COMMANDS, type EngineCommand } from '../../shared/commands.ts';
import type { Failure, FailureCode } from '../../shared/failure.ts';
import type { Params } from '../../shared/problem.ts';
import { issueSentence } from '../../shared/text/issue-text.ts';
import { failureSentence } from '../../shared/text/problem-text.ts';
import type { Text } from '../../shared/text/text.ts';
import type { EngineHandlers } from '../engine/engine-face.ts';
import { LockstepError, systemCode } from '../engine/errors.ts';
import { redactPatterns } from '../engine/log/secret-patterns.ts';
import type { Log } from '../engine/ports.ts';

export type Answer = { readonly value: unknown } | { readonly failure: Failure };

/** What an answer needs of its host. */
export interface DispatchContext {
  readonly handlers: EngineHandlers;
  readonly text: Text;
  readonly log: Log;
}

/** A handler as seen from outside the type system: what came in and goes out was parsed by the table's schemas. */
type AnyHandler = (input: unknown, signal: AbortSignal) => Promise<unknown> | AsyncIterable<unknown>;

/** Answers one request: input parsed, handler run, output parsed, whatever goes wrong as a failure with its sentence. Never throws. */
export async function answer(context: DispatchContext, command: string, input: unknown, signal: AbortSignal): Promise<Answer> {
  try {
    const { run, definition } = find(context, command);
    if (definition.kind === 'stream') throw new LockstepError('usage', { detail: `${command} answers more than once` });
    return { value: definition.output.parse(await run(parsedInput(context, command, input), signal)) };
  } catch (error) {
    return { failure: failureOf(error, context, signal) };
  }
}

/** Answers a stream command until it ends or is aborted. A failure is the last answer. Never throws. */
export async function* answers(context: DispatchContext, command: string, input: unknown, signal: AbortSignal): AsyncGenerator<Answer> {
  try {
    const { run, definition } = find(context, command);
    const source = run(parsedInput(context, command, input), signal);
    if (!(Symbol.asyncIterator in source)) throw new LockstepError('usage', { detail: `${command} answers only once` });
    for await (const item of source) {
      if (signal.aborted) return;
      yield { value: definition.output.parse(item) };
    }
  } catch (error) {
    if (!signal.aborted) yield { failure: failureOf(error, context, signal) };
  }
}

export const isStream = (command: string): boolean => isCommand(command) && ENGINE_COMMANDS[command].kind === 'stream';

const isCommand = (command: string): command is EngineCommand => Object.hasOwn(ENGINE_COMMANDS, command);

function find({ handlers }: DispatchContext, command: string) {
  if (!isCommand(command)) throw new LockstepError('usage', { detail: `there is no command ${command.slice(0, 100)}` });
  return { definition: ENGINE_COMMANDS[command], run: handlers[command] as AnyHandler };
}

function parsedInput({ text }: DispatchContext, command: string, input: unknown): unknown {
  const parsed = isCommand(command) ? ENGINE_COMMANDS[command].input.safeParse(input) : null;
  if (!parsed?.success) throw new LockstepError('usage', { detail: parsed ? issueSentence(text, parsed.error) : command });
  return parsed.data;
}

/** System errors that a person can do something about. */
const SYSTEM_FAILURES: Readonly<Record<string, FailureCode>> = { ENOSPC: 'disk-full', EDQUOT: 'disk-full', EROFS: 'read-only', EACCES: 'read-only', EPERM: 'read-only' };

/** Any error as a failure with its sentence. What was not expected goes to the log with its stack. */
export function failureOf(error: unknown, { text, log }: Pick<DispatchContext, 'text' | 'log'>, signal?: AbortSignal): Failure {
  if (error instanceof LockstepError) return failure(text, error.code, error.params);
  if (signal?.aborted) return failure(text, 'cancelled', {});
  const known = SYSTEM_FAILURES[systemCode(error) ?? ''];
  if (known) return failure(text, known, error instanceof Error && 'path' in error && typeof error.path === 'string' ? { path: error.path } : {});
  log.error('a command met something unexpected', { error });
  return failure(text, 'internal', { detail: error instanceof Error ? error.message : String(error) });
}

function failure(text: Text, code: FailureCode, params: Params): Failure {
  const clean = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? redactPatterns(value) : value]));
  return { code, message: failureSentence(text, code, clean), params: clean };
}
