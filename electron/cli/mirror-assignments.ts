import type { CommandArguments } from '../../shared/commands.ts';
import { mirrorOptionChangesSchema } from '../../shared/mirror.ts';
import type { Text } from '../../shared/text/text.ts';
import { usage } from './cli-context.ts';
import { whatIsWrong } from './folder-assignments.ts';

type Changes = Pick<CommandArguments<'mirror.set'>, 'name' | 'options'>;
type Key = keyof typeof mirrorOptionChangesSchema.shape;

const KEYS = Object.keys(mirrorOptionChangesSchema.shape) as Key[];
const longName = (key: Key): string => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `KEY=VALUE…` with the long option names, and `name=`. Throws `usage`. */
export function parseMirrorAssignments(text: Text, assignments: readonly string[]): Changes {
  const given: Record<string, string> = {};
  let name: string | undefined;
  for (const assignment of assignments) {
    const [, long, value] = /^([A-Za-z-]+)=(.*)$/s.exec(assignment) ?? [];
    if (long === undefined || value === undefined) throw usage(text.t('commandLine.usage.no-equals', { text: assignment }));
    const key = KEYS.find((one) => longName(one) === long);
    if (long === 'name') name = value;
    else if (key) given[key] = value;
    else throw usage(text.t('commandLine.usage.no-option', { name: long, names: ['name', ...KEYS.map(longName)].join(', ') }));
  }
  if (name === '') throw usage(text.t('commandLine.usage.bad-value', { name: 'name', value: name, detail: text.t('commandLine.usage.empty') }));
  return { ...(name === undefined ? {} : { name }), options: mirrorOptions(text, given) };
}

/** Options as a script writes them, by their own schema. Throws `usage` that names option, value and what is wrong. */
export function mirrorOptions(text: Text, given: Readonly<Partial<Record<Key, string | boolean | undefined>>>): NonNullable<Changes['options']> {
  const options: Record<string, unknown> = {};
  for (const key of KEYS) {
    const value = given[key];
    if (value === undefined) continue;
    const parsed = mirrorOptionChangesSchema.shape[key].safeParse(value);
    if (!parsed.success || (typeof value === 'string' && value.trim() === '')) throw usage(text.t('commandLine.usage.bad-value', { name: longName(key), value: String(value), detail: parsed.error ? whatIsWrong(text, parsed.error) : text.t('commandLine.usage.empty') }));
    options[key] = parsed.data;
  }
  return options;
}
