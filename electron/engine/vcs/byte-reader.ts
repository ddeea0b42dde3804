import type { Readable } from 'node:stream';

/** Reads a stream by need: a line, so many bytes, up to a mark. Throws when it ends before. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer, undefined>;
  #buffer: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  }

  /** Without its line feed. */
  line(): Promise<Buffer> {
    return this.until(Buffer.from('\n'));
  }

  async bytes(count: number): Promise<Buffer> {
    const parts = [this.#buffer];
    for (let have = this.#buffer.length; have < count; ) {
      const chunk = await this.#next();
      parts.push(chunk);
      have += chunk.length;
    }
    return this.#take(Buffer.concat(parts), count, 0);
  }

  /** Everything before the mark, which is read too. */
  async until(mark: Buffer): Promise<Buffer> {
    let parts = [this.#buffer];
    let tail = this.#buffer;
    let before = 0;
    for (;;) {
      const at = tail.indexOf(mark);
      if (at >= 0) return this.#take(parts.length === 1 ? tail : Buffer.concat(parts), before + at, mark.length);
      // The mark may be cut in two by the end of a chunk.
      const keep = Math.min(tail.length, mark.length - 1);
      before += tail.length - keep;
      const chunk = await this.#next();
      tail = Buffer.concat([tail.subarray(tail.length - keep), chunk]);
      parts = parts.length > 64 ? [Buffer.concat(parts), chunk] : [...parts, chunk];
    }
  }

  #take(buffer: Buffer, count: number, skip: number): Buffer {
    this.#buffer = buffer.subarray(count + skip);
    return buffer.subarray(0, count);
  }

  async #next(): Promise<Buffer> {
    const next = await this.#chunks.next();
    if (next.done) throw new Error('the stream ended early');
    return next.value;
  }
}
