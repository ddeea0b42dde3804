import type { ZodError } from 'zod';
import { FOLDER_OPTION_KEYS, folderOptionsSchema, optionKey, optionName, type FolderOptionKey, type FolderOptions } from '../../shared/folder-options.ts';
import type { Text } from '../../shared/text/text.ts';
import { usage } from './cli-context.ts';

export interface FolderChanges {
  name?: string;
  remote?: string;
  branch?: string;
  paused?: boolean;
  readonly options: Partial<FolderOptions>;
}

const OWN_KEYS = ['name', 'remote', 'branch', 'paused'] as const;
/** On unless told otherwise: given as `--no-push` when a folder is added, and set by `push=` or `no-push=`. */
export const SWITCHES: readonly FolderOptionKey[] = ['commit', 'push', 'pull'];
const TRUE = /^(true|yes|on|1)$/i;
const FALSE = /^(false|no|off|0)$/i;

/** `KEY=VALUE…` with the long option names. `ignore` may be repeated; `ignore=` empties it. Throws `usage`. */
export function parseAssignments(text: Text, assignments: readonly string[]): FolderChanges {
  const options: Record<string, unknown> = {};
  const changes: FolderChanges = { options };
  for (const assignment of assignments) {
    const [, name, value] = /^([A-Za-z-]+)=(.*)$/s.exec(assignment) ?? [];
    if (name === undefined || value === undefined) throw usage(text.t('commandLine.usage.no-equals', { text: assignment }));
    assign(text, changes, options, name, value);
  }
  return changes;
}

function assign(text: Text, changes: FolderChanges, options: Record<string, unknown>, name: string, value: string): void {
  const key = optionKey(name);
  const negated = SWITCHES.find((option) => `no-${optionName(option)}` === name);
  if (negated) options[negated] = !switched(text, name, value);
  else if (key === 'ignore') {
    const before = Array.isArray(options['ignore']) ? options['ignore'].map(String) : [];
    options['ignore'] = value === '' ? [] : [...before, ...value.split('\n').filter(Boolean)];
  } else if (key) options[key] = optionValue(text, key, value);
  else if (name === 'paused') changes.paused = switched(text, name, value);
  else if (name === 'name' || name === 'remote' || name === 'branch') {
    if (value === '') throw usage(text.t('commandLine.usage.bad-value', { name, value, detail: text.t('commandLine.usage.empty') }));
    changes[name] = value;
  } else throw usage(text.t('commandLine.usage.no-option', { name, names: [...OWN_KEYS, ...FOLDER_OPTION_KEYS.map(optionName)].join(', ') }));
}

/** One option's value by its own schema. Throws `usage` that names option, value and what is wrong. */
export function optionValue(text: Text, key: Exclude<FolderOptionKey, 'ignore'>, value: string | boolean): unknown {
  const empty = typeof value === 'string' && value.trim() === '';
  const parsed = folderOptionsSchema.shape[key].safeParse(value);
  if (!empty && parsed.success) return parsed.data;
  throw usage(text.t('commandLine.usage.bad-value', { name: optionName(key), value: String(value), detail: empty || !parsed.error ? text.t('commandLine.usage.empty') : whatIsWrong(text, parsed.error) }));
}

function switched(text: Text, name: string, value: string): boolean {
  if (TRUE.test(value)) return true;
  if (FALSE.test(value)) return false;
  throw usage(text.t('commandLine.usage.bad-value', { name, value, detail: text.t('commandLine.usage.one-of', { names: 'true, false' }) }));
}

/** What a schema did not like, in words. */
export function whatIsWrong(text: Text, error: ZodError): string {
  const [issue] = error.issues;
  switch (issue?.code) {
    case 'invalid_type':
      return text.t('commandLine.usage.must-number');
    case 'too_small':
      return text.t('commandLine.usage.at-least', { limit: String(issue.minimum) });
    case 'too_big':
      return text.t('commandLine.usage.at-most', { limit: String(issue.maximum) });
    case 'invalid_value':
      return text.t('commandLine.usage.one-of', { names: issue.values.map(String).join(', ') });
    default:
      return text.t('commandLine.usage.one-of', { names: 'true, false' });
  }
}
