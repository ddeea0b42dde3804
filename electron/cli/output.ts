import type { Failure } from '../../shared/failure.ts';
import { printable } from '../../shared/text/printable.ts';
import type { Invocation } from './invocation.ts';

/** Where answers go: with `--json` one document and nothing else on stdout, otherwise short text; whatever else is said goes to stderr. */
export class Output {
  readonly json: boolean;
  readonly #streams: Pick<Invocation, 'stdout' | 'stderr'>;
  readonly #noted = new Set<string>();

  constructor(streams: Pick<Invocation, 'stdout' | 'stderr'>, json: boolean) {
    this.#streams = streams;
    this.json = json;
  }

  /** The answer in both forms; the text is made only when it is shown. */
  answer(document: unknown, text: () => string): void {
    this.line(this.json ? JSON.stringify(document) : text());
  }

  /** To stdout; nothing at all for an empty text. */
  line(text: string): void {
    if (text !== '') this.#streams.stdout.write(`${this.json ? text : printable(text)}\n`);
  }

  bytes(content: Buffer): void {
    this.#streams.stdout.write(content);
  }

  note(text: string): void {
    this.#streams.stderr.write(`${printable(text)}\n`);
  }

  /** For what each of a command's calls finds anew. */
  noteOnce(text: string): void {
    if (this.#noted.has(text)) return;
    this.#noted.add(text);
    this.note(text);
  }

  /** The one way in which a failure is shown. `more` goes into the document only. */
  failure({ code, message, params }: Failure, more: Readonly<Record<string, unknown>> = {}): void {
    if (this.json) this.line(JSON.stringify({ error: { ...params, ...more, code, message } }));
    else this.note(message);
  }
}

/** Columns aligned by their widest cell, two spaces apart; the last one is not padded. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => (column < row.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell)).join('  ').trimEnd()).join('\n');
}
