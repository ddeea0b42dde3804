import { realpathSync } from 'node:fs';
import { posix } from 'node:path';
import type { CommandArguments, CommandOutput, EngineCommand } from '../../shared/commands.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Text } from '../../shared/text/text.ts';
import { answer, answers, type DispatchContext } from '../control/dispatch.ts';
import { LockstepError } from '../engine/errors.ts';
import type { Home } from '../engine/home.ts';
import { nodeHost } from '../engine/ports/node-host.ts';
import type { Host } from '../engine/ports.ts';
import type { Invocation } from './invocation.ts';
import type { Output } from './output.ts';
import { withEngine } from './session.ts';

/** A command was not done; its sentence is made. */
export class CommandFailed extends Error {
  readonly failure: Failure;
  readonly more: Readonly<Record<string, unknown>>;
  readonly exitCode: number | undefined;

  constructor(failure: Failure, options: { more?: Readonly<Record<string, unknown>>; exitCode?: number } = {}) {
    super(failure.message);
    this.failure = failure;
    this.more = options.more ?? {};
    this.exitCode = options.exitCode;
  }
}

/** What a command of the command line works with. */
export class CliContext {
  readonly invocation: Invocation;
  readonly text: Text;
  readonly home: Home;
  readonly host: Host;
  readonly out: Output;

  constructor(parts: { invocation: Invocation; text: Text; home: Home; out: Output }) {
    this.invocation = parts.invocation;
    this.text = parts.text;
    this.home = parts.home;
    this.out = parts.out;
    this.host = nodeHost(parts.invocation.env);
  }

  get nowMs(): number {
    return Date.now();
  }

  /** Asks the running program, or, for what needs none, an engine opened here for this. Throws `CommandFailed`. */
  call<C extends EngineCommand>(command: C, input: CommandArguments<C>): Promise<CommandOutput<C>> {
    return withEngine(this, command, async (way) => {
      const given = await answer(this.#dispatch(way), command, input, this.invocation.ending);
      if ('failure' in given) throw new CommandFailed(given.failure);
      // Parsed by the command's own schema in `answer`.
      return given.value as CommandOutput<C>;
    });
  }

  /** The answers of a stream, each given to `take`, until it ends or the program is to end. */
  follow<C extends EngineCommand>(command: C, input: CommandArguments<C>, take: (item: CommandOutput<C>) => void | Promise<void>): Promise<void> {
    return withEngine(this, command, async (way) => {
      for await (const given of answers(this.#dispatch(way), command, input, this.invocation.ending)) {
        if ('failure' in given) throw new CommandFailed(given.failure);
        // Parsed by the command's own schema in `answers`.
        await take(given.value as CommandOutput<C>);
      }
    });
  }

  /** A path as given here, for a program that has another working directory. */
  path(given: string): string {
    return posix.resolve(this.invocation.cwd, given);
  }

  /** A folder by id or name as it is, by path as an absolute one. */
  folder(given: string): string {
    if (!given.includes('/') && !given.startsWith('.')) return given;
    const path = this.path(given);
    try {
      return realpathSync(path);
    } catch {
      // A watched folder that is gone is still known by its path.
      return path;
    }
  }

  #dispatch(way: Pick<DispatchContext, 'handlers' | 'log'>): DispatchContext {
    return { ...way, text: this.text };
  }
}

export const usage = (detail: string): LockstepError => new LockstepError('usage', { detail });
