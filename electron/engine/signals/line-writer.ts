import type { Writable } from 'node:stream';

/**
 * Writes line by line, each only when the one before it has been handed over: SparkleShare's client reads the first line of
 * a packet and forgets the rest.
 */
export class LineWriter {
  readonly #writable: Writable;
  readonly #maxWaiting: number;
  readonly #overflow: () => void;
  readonly #waiting: string[] = [];
  #writing = false;

  /** `overflow`: called when more than `maxWaiting` lines wait, because the other side does not read. */
  constructor(writable: Writable, maxWaiting: number, overflow: () => void) {
    this.#writable = writable;
    this.#maxWaiting = maxWaiting;
    this.#overflow = overflow;
  }

  write(line: string): void {
    this.#waiting.push(line);
    if (this.#waiting.length > this.#maxWaiting) this.#overflow();
    else if (!this.#writing) this.#next();
  }

  #next(): void {
    const line = this.#waiting.shift();
    this.#writing = line !== undefined;
    // A broken connection ends elsewhere; here there is only nothing more to write.
    if (line !== undefined) this.#writable.write(line, (error) => !error && this.#next());
  }
}
