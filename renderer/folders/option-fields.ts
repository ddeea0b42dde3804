import type { FolderOptions } from '../../shared/folder-options.ts';
import { folderOptionsSchema } from '../../shared/folder-options.ts';
import type { Text } from '../../shared/text/text.ts';

/** The options that are numbers, as the settings show them. */
export type NumberOption = 'commitDelay' | 'maxWait' | 'pushDelay' | 'poll' | 'popupTimeout' | 'maxFileSize';

const BYTES_PER_MEGABYTE = 1_000_000;
const shownIn = (key: NumberOption): number => (key === 'maxFileSize' ? BYTES_PER_MEGABYTE : 1);

/** Seconds as they are; sizes in megabytes. */
export const shownOption = (options: FolderOptions, key: NumberOption): string => String(options[key] / shownIn(key));

export type Checked = { readonly ok: true; readonly value: number } | { readonly ok: false; readonly error: string };

/** What was typed for an option: its value, or one sentence that says what is wrong and what stays in use. */
export function checkOption(text: Text, options: FolderOptions, key: NumberOption, typed: string): Checked {
  const old = shownOption(options, key);
  const shown = Number(typed.trim().replace(',', '.'));
  if (typed.trim() === '' || !Number.isFinite(shown)) return { ok: false, error: text.t('window.options.not-a-number', { old }) };
  const value = key === 'maxFileSize' ? Math.round(shown * BYTES_PER_MEGABYTE) : shown;
  const { minimum, maximum } = limits(key);
  if (value < minimum) return { ok: false, error: text.t('window.options.too-small', { least: minimum / shownIn(key), old }) };
  if (value > maximum) return { ok: false, error: text.t('window.options.too-large', { most: maximum / shownIn(key), old }) };
  if (key === 'maxWait' && value < options.commitDelay) return { ok: false, error: text.t('window.options.below-delay', { least: options.commitDelay, old }) };
  if (key === 'commitDelay' && value > options.maxWait) return { ok: false, error: text.t('window.options.above-longest', { most: options.maxWait, old }) };
  return { ok: true, value };
}

/** Least and most that the schema takes, found by asking it: the limits are written once. */
function limits(key: NumberOption): { minimum: number; maximum: number } {
  const takes = (value: number) => folderOptionsSchema.shape[key].safeParse(value).success;
  const minimum = [0, 1].find(takes) ?? 1;
  const maximum = [86_400, 604_800, Number.MAX_SAFE_INTEGER].filter(takes).at(-1) ?? Number.MAX_SAFE_INTEGER;
  return { minimum, maximum };
}
