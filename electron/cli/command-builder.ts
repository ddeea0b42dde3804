import { InvalidArgumentError, type Command } from 'commander';
import type { TextKey, Text } from '../../shared/text/text.ts';
import type { CliContext } from './cli-context.ts';

/** What a command does; the number is its exit code, 0 when there is none. */
export type Action = (context: CliContext, operands: Operands, options: Options) => Promise<number | void>;

/** Registers commands with the words of the catalogue. Made by `program.ts`, which also runs them. */
export interface CommandBuilder {
  readonly text: Text;
  /** `spec` is the name with its operands: `add <path>`. */
  readonly command: (parent: Command, spec: string, about: TextKey, act?: Action) => Command;
}

/** The operands in their order; an optional one that is not there is undefined, a repeated one a list. */
export class Operands {
  readonly #values: readonly unknown[];

  constructor(values: readonly unknown[]) {
    this.#values = values;
  }

  /** A required operand; commander has made sure that it is there. */
  one(index: number): string {
    return this.maybe(index) ?? '';
  }

  maybe(index: number): string | undefined {
    const value = this.#values[index];
    return typeof value === 'string' ? value : undefined;
  }

  list(index: number): readonly string[] {
    const value = this.#values[index];
    return Array.isArray(value) ? value.map(String) : [];
  }
}

/** The options given, under their camel-case names. */
export class Options {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#values[name];
    return typeof value === 'number' ? value : undefined;
  }

  list(name: string): readonly string[] | undefined {
    const value = this.#values[name];
    return Array.isArray(value) ? value.map(String) : undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.#values[name];
    return typeof value === 'boolean' ? value : undefined;
  }
}

/** For a repeated option: each value is kept. */
export const collect = (value: string, before: readonly string[] | undefined): string[] => [...(before ?? []), value];

/** A number above zero, as `--for` and `--timeout` take it. */
export const seconds = (text: Text) => (value: string): number => {
  const parsed = Number(value);
  if (value.trim() === '' || !Number.isFinite(parsed) || parsed <= 0) throw new InvalidArgumentError(text.t('commandLine.usage.must-seconds'));
  return parsed;
};

/** How many: a whole number above zero. */
export const count = (text: Text) => (value: string): number => {
  if (!/^[0-9]{1,9}$/.test(value) || Number(value) === 0) throw new InvalidArgumentError(text.t('commandLine.usage.must-count'));
  return Number(value);
};
