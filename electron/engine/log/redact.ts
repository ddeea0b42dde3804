import { REDACTED, redactPatterns } from './secret-patterns.ts';

/** Shorter values would blot out ordinary words; no server gives secrets this short. */
const SHORTEST_SECRET = 6;
const DEEPEST_FIELD = 6;

/** Takes secrets out of what is logged or shown: known ones by their value, others by their usual forms. */
export class Redactor {
  /** Value as it may appear (plain, percent-encoded, base64, JSON) to the secret's name. Longest first. */
  #known: readonly (readonly [appearance: string, name: string])[] = [];

  /** From now on this value is shown as the secret's name. A former value of that name stays known. */
  learn(name: string, value: string): void {
    if (value.length < SHORTEST_SECRET || this.#known.some(([appearance]) => appearance === value)) return;
    const appearances = new Set([value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), Buffer.from(value).toString('base64')]);
    this.#known = [...this.#known, ...[...appearances].map((appearance) => [appearance, name] as const)].sort(([a], [b]) => b.length - a.length);
  }

  text(text: string): string {
    let clean = text;
    for (const [appearance, name] of this.#known) clean = clean.replaceAll(appearance, `[${name}]`);
    return redactPatterns(clean);
  }

  /** A plain copy for the log: strings cleaned, errors as name, message, code, stack and cause. */
  fields(fields: Record<string, unknown>): Record<string, unknown> {
    return this.#entries(Object.entries(fields), 0);
  }

  #entries(entries: readonly (readonly [string, unknown])[], depth: number): Record<string, unknown> {
    return Object.fromEntries(entries.map(([key, value]) => [key, SECRET_FIELD.test(key) && typeof value === 'string' ? REDACTED : this.#value(value, depth + 1)]));
  }

  #value(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
    if (depth > DEEPEST_FIELD) return '…';
    if (Buffer.isBuffer(value)) return this.text(value.toString('latin1'));
    if (Array.isArray(value)) return value.map((item) => this.#value(item, depth + 1));
    if (value instanceof Error) {
      const { name, message, stack, cause } = value;
      return this.#entries(Object.entries({ ...value, name, message, stack, ...(cause === undefined ? {} : { cause }) }), depth);
    }
    return this.#entries(Object.entries(value), depth);
  }
}

const SECRET_FIELD = /^(password|passphrase|token|secret|authorization|cookie)$/i;
