import { posix } from 'node:path';
import type { Problem } from '../../shared/problem.ts';
import { systemCode } from './errors.ts';
import { problemOfSystemCode } from './folder/trouble.ts';
import type { Ports } from './ports.ts';

/** How soon and how often it is looked whether there is room again. */
const LOOK_AGAIN_MS = 10_000;
/** An empty file has room on a full disk. */
const PROBE = Buffer.alloc(4_096, ' ');

/**
 * Whether the program's own files can be written, learned from what happens when they are. Folders go on without; what was
 * asked of the settings is refused meanwhile. Looks by itself until it is well again.
 */
export class HomeHealth {
  readonly #ports: Pick<Ports, 'clock' | 'files' | 'log'>;
  readonly #directory: string;
  readonly #told: (before: Problem | null, now: Problem | null) => void;
  #problem: Problem | null = null;
  #isWell = true;
  #cancel: () => void = () => undefined;

  /** `directory`: where to look when it is not known what could not be written. */
  constructor(ports: Pick<Ports, 'clock' | 'files' | 'log'>, directory: string, told: (before: Problem | null, now: Problem | null) => void) {
    this.#ports = ports;
    this.#directory = directory;
    this.#told = told;
  }

  /** Something of the program's own could not be written. */
  met(error: unknown): void {
    const code = problemOfSystemCode(systemCode(error));
    if (code === null || !this.#isWell) return;
    this.#isWell = false;
    const path = error instanceof Error && 'path' in error && typeof error.path === 'string' ? posix.dirname(error.path) : this.#directory;
    void this.#tell(code, path);
  }

  close(): void {
    this.#cancel();
  }

  async #tell(code: Problem['code'], path: string): Promise<void> {
    const freeBytes = await this.#ports.files.freeBytes(path).catch(() => null);
    const params = { path, ...(code === 'disk-full' && freeBytes !== null ? { freeBytes } : {}) };
    this.#change({ code, params, path, since: new Date(this.#ports.clock.now()).toISOString(), action: 'retry' });
    this.#lookLater(path);
  }

  #lookLater(path: string): void {
    this.#cancel = this.#ports.clock.after(LOOK_AGAIN_MS, () => void this.#look(path));
  }

  async #look(path: string): Promise<void> {
    const probe = `${path}/.room`;
    try {
      await this.#ports.files.writeAtomically(probe, PROBE, 0o600);
      await this.#ports.files.remove(probe);
      this.#isWell = true;
      this.#change(null);
    } catch (error) {
      this.#ports.log.debug('the home still cannot be written', { error: String(error) });
      this.#lookLater(path);
    }
  }

  #change(now: Problem | null): void {
    const before = this.#problem;
    this.#problem = now;
    this.#told(before, now);
  }
}
