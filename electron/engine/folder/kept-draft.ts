import type { Ports } from '../ports.ts';

/** The words that the person has begun to write for the next commit: on the disk too, so that they outlive the program. */
export class KeptDraft {
  readonly #ports: Pick<Ports, 'files' | 'log'>;
  readonly #file: string;
  #kept: string | null = null;
  #wanted: string | null = null;
  #writing: Promise<void> | null = null;

  constructor(ports: Pick<Ports, 'files' | 'log'>, ownDirectory: string) {
    this.#ports = ports;
    this.#file = `${ownDirectory}/draft`;
  }

  /** What was kept; null: nothing. */
  async read(): Promise<string | null> {
    this.#kept = (await this.#ports.files.readIfThere(this.#file))?.toString('utf8') ?? null;
    this.#wanted = this.#kept;
    return this.#kept;
  }

  /** From now on these; null: none any more. Whoever types does not wait for the disk. */
  keep(words: string | null): void {
    this.#wanted = words;
    this.#writing ??= this.#write().finally(() => (this.#writing = null));
  }

  async settled(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    const { files, log } = this.#ports;
    try {
      while (this.#wanted !== this.#kept) {
        const wanted = this.#wanted;
        if (wanted === null) await files.remove(this.#file);
        else await files.writeAtomically(this.#file, wanted, 0o600);
        this.#kept = wanted;
      }
    } catch (error) {
      // A full disk is told of elsewhere; the words are still in the question.
      log.warn('what was typed for the next commit could not be kept', { error });
    }
  }
}
