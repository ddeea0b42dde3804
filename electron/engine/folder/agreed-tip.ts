import { systemCode } from '../errors.ts';
import type { Files } from '../ports.ts';
import type { ObjectId } from '../vcs/vcs.ts';

/**
 * The newest tip of the remote that this machine has taken in or pushed. A remote that no longer holds it was
 * rewritten. The remote-tracking ref cannot tell: a fetch by hand moves it.
 */
export class AgreedTip {
  readonly #files: Files;
  readonly #file: string;

  constructor(files: Files, ownDirectory: string) {
    this.#files = files;
    this.#file = `${ownDirectory}/agreed-tip`;
  }

  async read(branch: string): Promise<ObjectId | null> {
    const text = (await this.#files.readIfThere(this.#file))?.toString('utf8') ?? '';
    const [, tip, of] = /^([0-9a-f]{40,64}) (.+)\n$/.exec(text) ?? [];
    return tip && of === branch ? tip : null;
  }

  async write(branch: string, tip: ObjectId): Promise<void> {
    await this.#files.writeAtomically(this.#file, `${tip} ${branch}\n`, 0o600);
  }

  async forget(): Promise<void> {
    await this.#files.remove(this.#file).catch((error: unknown) => {
      if (systemCode(error) !== 'ENOENT') throw error;
    });
  }
}
