import { closeSync, constants, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path/posix';

const MAX_BYTES = 5_000_000;
const KEPT_FILES = 3;

/**
 * A file of lines that moves to `.1`, `.2`, `.3` (the oldest, then dropped) when it is full. Writes at once, so that the
 * line before a crash is there; a line that cannot be written (disk full) is lost rather than thrown at whoever logs.
 */
export class RotatingFile {
  readonly #path: string;
  readonly #maxBytes: number;
  #open: { fd: number; bytes: number } | null = null;

  constructor(path: string, maxBytes = MAX_BYTES) {
    this.#path = path;
    this.#maxBytes = maxBytes;
  }

  write(line: string): void {
    try {
      const bytes = Buffer.byteLength(line);
      if (this.#open && this.#open.bytes > 0 && this.#open.bytes + bytes > this.#maxBytes) this.#rotate();
      this.#open ??= this.#openFile();
      writeSync(this.#open.fd, line);
      this.#open.bytes += bytes;
    } catch {
      this.#close();
    }
  }

  #openFile(): { fd: number; bytes: number } {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    // Where a fifo lies, nobody may be there to read it: that must not keep the whole program waiting.
    const fd = openSync(this.#path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o600);
    return { fd, bytes: fstatSync(fd).size };
  }

  #rotate(): void {
    this.#close();
    for (let index = KEPT_FILES - 1; index >= 0; index -= 1) {
      try {
        renameSync(index === 0 ? this.#path : `${this.#path}.${index}`, `${this.#path}.${index + 1}`);
      } catch {
        // Not there yet.
      }
    }
  }

  #close(): void {
    if (this.#open) closeSync(this.#open.fd);
    this.#open = null;
  }
}
