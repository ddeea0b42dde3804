import type { FSWatcher } from 'chokidar';
import type { DirectoryWatch, FsPath } from '../ports.ts';

interface Listener {
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Polls with chokidar, which is loaded only when it is first needed. Whoever polls the same directory shares one poll, at
 * the pace of the first: chokidar has one `fs.watchFile` per file in the whole process, and would stop it for all when
 * one of several with different intervals is closed.
 */
export function nodePoll(): DirectoryWatch['poll'] {
  const open = new Map<string, Poll>();
  return (path, intervalMs, changed, failed) => {
    const text = textOf(path);
    if (text === null) return { close: () => undefined };
    const poll = open.get(text) ?? new Poll(text, intervalMs);
    open.set(text, poll);
    const listener = { changed, failed };
    poll.add(listener);
    return {
      close() {
        if (poll.remove(listener) && open.get(text) === poll) open.delete(text);
      },
    };
  };
}

class Poll {
  readonly #listeners = new Set<Listener>();
  readonly #begun: Promise<void>;
  #watcher: FSWatcher | null = null;
  #closed = false;

  constructor(path: string, intervalMs: number) {
    this.#begun = this.#begin(path, intervalMs).catch((error: unknown) => this.#failed(error));
  }

  add(listener: Listener): void {
    this.#listeners.add(listener);
    void this.#begun.then(() => {
      if (this.#listeners.has(listener)) listener.changed();
    });
  }

  /** True: it was the last one, and polling has ended. */
  remove(listener: Listener): boolean {
    this.#listeners.delete(listener);
    if (this.#listeners.size > 0) return false;
    this.#closed = true;
    void this.#watcher?.close();
    return true;
  }

  async #begin(path: string, intervalMs: number): Promise<void> {
    const { watch } = await import('chokidar');
    if (this.#closed) return;
    const watcher = watch(path, {
      usePolling: true,
      interval: intervalMs,
      binaryInterval: intervalMs,
      depth: 0,
      ignoreInitial: true,
      followSymlinks: false,
      persistent: false,
      // Files that their owner cannot read are looked at as well.
      ignorePermissionErrors: true,
      // Otherwise names that editors give to their copies (`file~`, `.file.swp`) would be left out.
      atomic: false,
    });
    this.#watcher = watcher;
    // Its own events leave out changes of mode, and content of the same size with an older time; the raw ones do not, but
    // come before a new file is looked at: what is written to it meanwhile is met by whoever looks after the `add`.
    watcher.on('raw', () => this.#changed()).on('all', () => this.#changed());
    watcher.on('error', (error) => this.#failed(error));
    await new Promise<void>((resolve) => watcher.once('ready', resolve));
  }

  #changed(): void {
    for (const { changed } of [...this.#listeners]) changed();
  }

  #failed(error: unknown): void {
    for (const { failed } of [...this.#listeners]) failed(error);
  }
}

/** The path as chokidar takes it; null: it is not UTF-8, or has a backslash, which chokidar takes for a separator. */
function textOf(path: FsPath): string | null {
  const text = path.toString();
  return text.includes('\\') || (typeof path !== 'string' && !Buffer.from(text).equals(path)) ? null : text;
}
