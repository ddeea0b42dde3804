import { z } from 'zod';
import { failureSchema } from '../../shared/failure.ts';

/** Raised when a frame changes in a way that an older end would misread. */
export const PROTOCOL = 1;

/** A request holds at most a resolved file; a reply at most the bytes of one file, as base64. */
export const MAX_REQUEST_BYTES = 16 * 1024 * 1024;
export const MAX_REPLY_BYTES = 256 * 1024 * 1024;

/** Parts of a line that is not complete are joined when there are more: a buffer of one byte costs hundreds. */
const MAX_PARTS = 1_000;

const id = z.number().int().nonnegative();

/** The first line of a connection, from the server. */
export const helloSchema = z.object({ lockstep: z.literal(PROTOCOL), version: z.string(), pid: z.number() });

/** Asks for a command, or for the end of one that was asked for. One JSON document a line. */
export const requestSchema = z.union([z.object({ id, command: z.string(), input: z.unknown() }), z.object({ id, cancel: z.literal(true) })]);
export type Request = z.infer<typeof requestSchema>;

/** Exactly one of: `value`, the one answer; `item`, one of a stream, which ends with `end`; `failure`, which ends either. */
export const replySchema = z.object({ id, value: z.unknown().optional(), item: z.unknown().optional(), end: z.literal(true).optional(), failure: failureSchema.optional() });
export type Reply = z.infer<typeof replySchema>;

/** Cuts bytes into lines. Throws when a line grows above the cap: nothing of ours is that long. */
export class LineReader {
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Of the line that is not complete. */
  get waitingBytes(): number {
    return this.#bytes;
  }

  /** The lines that this chunk completes. */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      this.#keep(chunk.subarray(start, end));
      lines.push(Buffer.concat(this.#parts).toString('utf8'));
      this.#parts = [];
      this.#bytes = 0;
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
    return lines;
  }

  #keep(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#bytes > this.#maxBytes) throw new Error(`a line of more than ${this.#maxBytes} bytes`);
    if (part.length > 0) this.#parts.push(part);
    if (this.#parts.length > MAX_PARTS) this.#parts = [Buffer.concat(this.#parts)];
  }
}
