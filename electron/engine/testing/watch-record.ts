import { displayPath, type RepoPath } from '../repo-path.ts';
import type { WatchEvents } from '../watch/watcher.ts';

/** Records what a watcher reports and lets a test wait for it. */
export class WatchRecord implements WatchEvents {
  /** As shown; `null`: look at everything. */
  readonly changes: (string | null)[] = [];
  repositoryChanges = 0;
  roots = 0;
  lastCoverage = { directories: 0, polled: 0 };
  readonly #waiting = new Set<() => void>();

  changed(path: RepoPath | null): void {
    this.changes.push(path === null ? null : displayPath(path));
    this.#wake();
  }

  repositoryChanged(): void {
    this.repositoryChanges += 1;
    this.#wake();
  }

  coverage(coverage: { directories: number; polled: number }): void {
    this.lastCoverage = coverage;
    this.#wake();
  }

  rootGone(): void {
    this.roots += 1;
    this.#wake();
  }

  /** Resolves once this holds, now or after a later event; the test's own limit ends the wait. */
  until(holds: (record: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!holds(this)) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** Resolves once each of these was reported. */
  untilChanged(...paths: readonly (string | null)[]): Promise<void> {
    return this.until(({ changes }) => paths.every((path) => changes.includes(path)));
  }

  forget(): void {
    this.changes.length = 0;
    this.repositoryChanges = 0;
  }

  #wake(): void {
    for (const check of [...this.#waiting]) check();
  }
}
