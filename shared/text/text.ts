import { createInstance } from 'i18next';
import { en, type Catalogue } from './en.ts';
import { printable } from './printable.ts';

type WithoutPlural<K extends string> = K extends `${infer Stem}_${'one' | 'other'}` ? Stem : K;
type KeysOf<T> = { [K in keyof T & string]: T[K] extends string | undefined ? WithoutPlural<K> : `${K}.${KeysOf<Required<T[K]>>}` }[keyof T & string];

/** Every phrase of the catalogue: `folders.row.in-step`; the plural endings are left out. */
export type TextKey = KeysOf<Catalogue>;
export type Values = Readonly<Record<string, string | number | undefined>>;

/** One language's words, ready to be filled with values. */
export interface Text {
  readonly language: string;
  /** For Intl: times, dates and numbers in the language's own form. */
  readonly locale: string;
  readonly timeZone: string | undefined;
  /** The phrase behind a key; `values.count` chooses the plural. */
  t(key: TextKey, values?: Values): string;
  /** The first phrase that exists and whose every value is known; the last one in any case. */
  first(keys: readonly TextKey[], values: Values): string;
}

const LANGUAGES: Readonly<Record<string, { readonly locale: string; readonly catalogue: Catalogue }>> = {
  en: { locale: 'en-GB', catalogue: en },
};

const harmless = (values: Values): Values => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? printable(value) : value]));

const VARIABLE = /\{\{(\w+)\}\}/g;

/** Words in the given language, English where it has none of its own. `timeZone` (IANA) is the machine's unless given. */
export function createText(language = 'en', options: { timeZone?: string } = {}): Text {
  const code = language in LANGUAGES ? language : 'en';
  const { locale, catalogue } = LANGUAGES[code] ?? { locale: 'en-GB', catalogue: en };
  const words = createInstance();
  void words.init({
    lng: code,
    fallbackLng: 'en',
    initAsync: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: { [code]: { translation: catalogue }, en: { translation: en } },
  });
  const isComplete = (key: string, values: Values): boolean => {
    const raw: unknown = words.getResource(code, 'translation', key) ?? words.getResource(code, 'translation', `${key}_other`);
    if (typeof raw !== 'string') return false;
    const needed = [...raw.matchAll(VARIABLE)].map(([, name]) => name ?? '');
    if (!words.exists(key)) needed.push('count');
    return needed.every((name) => values[name] !== undefined);
  };
  return {
    language: code,
    locale,
    timeZone: options.timeZone,
    t: (key, values = {}) => words.t(key, harmless(values)),
    first(keys, values) {
      const key = keys.find((candidate) => isComplete(candidate, values)) ?? keys.at(-1);
      return key === undefined ? '' : words.t(key, harmless(values));
    },
  };
}
