import { deferred } from '../engine/deferred.ts';
import type { Reply } from './frames.ts';

/** The replies to one request, in order, for one reader. Ends after the last one, when closed, or with the failure it is given. */
export class ReplyQueue implements AsyncIterable<Reply> {
  readonly #waiting: Reply[] = [];
  #wake = deferred();
  #over = false;
  #failure: Error | null = null;

  /** Whether the other end has said its last word. */
  ended = false;

  push(reply: Reply): void {
    if (reply.end || reply.failure || reply.value !== undefined) this.ended = true;
    this.#waiting.push(reply);
    this.#wake.resolve();
  }

  close(): void {
    this.#over = true;
    this.#wake.resolve();
  }

  fail(error: Error): void {
    this.ended = true;
    this.#failure ??= error;
    this.close();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Reply> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next) yield next;
      else if (this.#failure) throw this.#failure;
      else if (this.#over || this.ended) return;
      else {
        await this.#wake.promise;
        this.#wake = deferred();
      }
    }
  }
}
