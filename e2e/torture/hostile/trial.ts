import type { Figure } from '../part.ts';

/** What one trial of the part came to. */
export interface Found {
  readonly figures: readonly Figure[];
  /** Each says what was tried, so that it can be tried again. */
  readonly failures: readonly string[];
}

export const figure = (name: string, value: number | string): Figure => ({ name, value: String(value) });

/** The same folder's worth of figures, one after the other; those of one name are added up. */
export function together(found: readonly Found[]): Found {
  const sums = new Map<string, string>();
  for (const { name, value } of found.flatMap(({ figures }) => figures)) {
    const before = sums.get(name);
    sums.set(name, before === undefined ? value : String(Number(before) + Number(value)));
  }
  return { figures: [...sums].map(([name, value]) => ({ name, value })), failures: found.flatMap(({ failures }) => failures) };
}
