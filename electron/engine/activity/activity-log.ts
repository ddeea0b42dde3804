import { activitySchema, type Activity } from '../../../shared/activity.ts';
import type { Files } from '../ports.ts';

/** When the file is larger, its older half goes to `….1`, replacing the one before. */
const FILE_BYTES = 4_000_000;
const RECENT = 50;

/** Append-only record of what was done or not done, and why. Losing a line of it never stops anything. */
export class ActivityLog {
  readonly #files: Files;
  readonly #file: string;
  readonly #failed: (error: unknown) => void;
  readonly #followers = new Set<(entry: Activity) => void>();
  #recent: readonly Activity[] = [];
  #writing: Promise<void> = Promise.resolve();
  #bytes = 0;

  /** `failed`: a line could not be written. */
  constructor(files: Files, file: string, failed: (error: unknown) => void) {
    this.#files = files;
    this.#file = file;
    this.#failed = failed;
  }

  async open(): Promise<void> {
    const text = (await this.#readable()) ?? Buffer.alloc(0);
    this.#bytes = text.length;
    this.#recent = newestFirst(text, RECENT, null);
  }

  /** The newest first. */
  get recent(): readonly Activity[] {
    return this.#recent;
  }

  record(entry: Activity): void {
    this.#recent = [entry, ...this.#recent].slice(0, RECENT);
    for (const follower of [...this.#followers]) follower(entry);
    this.#writing = this.#writing
      .then(() => this.#append(`${JSON.stringify(entry)}\n`))
      .catch(this.#failed);
  }

  /** The newest `limit` entries, the newest first, of one folder or all. */
  async read(limit: number, folder: string | null): Promise<Activity[]> {
    await this.#writing;
    const found: Activity[] = [];
    for (const name of [this.#file, `${this.#file}.1`]) {
      if (found.length < limit) found.push(...newestFirst((await this.#readable(name)) ?? Buffer.alloc(0), limit - found.length, folder));
    }
    return found;
  }

  follow(follower: (entry: Activity) => void): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  async close(): Promise<void> {
    await this.#writing;
  }

  /** What is no file, or cannot be read, holds up nothing; what comes of writing to it is told then. */
  #readable(file = this.#file): Promise<Buffer | null> {
    return this.#files.readIfThere(file).catch(() => null);
  }

  async #append(line: string): Promise<void> {
    if (this.#bytes > FILE_BYTES) {
      await this.#files.rename(this.#file, `${this.#file}.1`);
      this.#bytes = 0;
    }
    await this.#files.append(this.#file, line, 0o600);
    this.#bytes += Buffer.byteLength(line);
  }
}

/** A line that a crash cut short is passed over. */
function newestFirst(text: Buffer, limit: number, folder: string | null): Activity[] {
  const found: Activity[] = [];
  const lines = text.toString('utf8').split('\n');
  for (let index = lines.length - 1; index >= 0 && found.length < limit; index -= 1) {
    const entry = parseLine(lines[index] ?? '');
    if (entry && (folder === null || entry.folder === folder)) found.push(entry);
  }
  return found;
}

function parseLine(line: string): Activity | null {
  if (line === '') return null;
  try {
    const parsed = activitySchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
