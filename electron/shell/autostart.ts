import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from '../engine/errors.ts';
import { desktopEntry, isSwitchedOff } from './desktop-entry.ts';

/** Electron's own login items do nothing on Linux: the desktop reads a file below `autostart`. */
export class Autostart {
  readonly #file: string;
  readonly #entry: string;
  #wanted: boolean | null = null;
  #last: Promise<void> = Promise.resolve();

  /** `home`: the home directory given on the command line, if any; each has an entry of its own. */
  constructor(parts: { configHome: string; program: readonly string[]; home: string | undefined; icon: string }) {
    const { configHome, program, home, icon } = parts;
    const suffix = home === undefined ? '' : `-${createHash('sha256').update(home).digest('hex').slice(0, 8)}`;
    const command = [...program, ...(home === undefined ? [] : ['--home', home]), '--hidden'];
    this.#file = join(configHome, 'autostart', `lockstep${suffix}.desktop`);
    this.#entry = desktopEntry({ name: 'Lockstep', comment: 'Keeps folders in step between your machines', command, icon });
  }

  /** Brings the file in line with the setting. What was switched off in the desktop's settings stays off until it is asked for anew. */
  keep(wanted: boolean): Promise<void> {
    if (wanted === this.#wanted) return this.#last;
    const isNews = this.#wanted !== null;
    this.#wanted = wanted;
    this.#last = this.#last.catch(() => undefined).then(() => this.#write(wanted, isNews));
    return this.#last;
  }

  async #write(wanted: boolean, isNews: boolean): Promise<void> {
    if (!wanted) return rm(this.#file, { force: true });
    const present = await readFile(this.#file, 'utf8').catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return null;
      throw error;
    });
    if (present === this.#entry || (present !== null && !isNews && isSwitchedOff(present))) return;
    await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
    await writeFile(this.#file, this.#entry, { mode: 0o644 });
  }
}
