import type { ProcessRequest } from '../../../electron/engine/ports.ts';
import type { CallServer, KeptCall } from './call-server.ts';

/**
 * The kept `git cat-file --batch` of a world, one for each way to start one: the programs of a machine end theirs and
 * begin them anew all the time.
 */
export class KeptGits {
  readonly #server: CallServer;
  readonly #kept = new Map<string, KeptCall>();

  constructor(server: CallServer) {
    this.#server = server;
  }

  async ask(request: ProcessRequest, question: Buffer): Promise<Buffer> {
    const key = JSON.stringify(request);
    const kept = this.#kept.get(key) ?? this.#server.keep(request);
    this.#kept.set(key, kept);
    return kept.ask(question, request.args.includes('--filters') ? isFilteredWhole : isWhole);
  }

  close(): void {
    for (const kept of this.#kept.values()) kept.close();
  }
}

/** One object, or word that there is none. */
function isWhole(answer: Buffer): boolean {
  const end = answer.indexOf(0x0a);
  if (end < 0) return false;
  const [, size] = /^[0-9a-f]+ \w+ (\d+)$/.exec(answer.toString('latin1', 0, end)) ?? [];
  return size === undefined || answer.length === end + 1 + Number(size) + 1;
}

/** With filters the header does not tell how long the content is: the engine asks for something missing behind it. */
const isFilteredWhole = (answer: Buffer): boolean => answer.subarray(-9).toString('latin1') === ' missing\n';
