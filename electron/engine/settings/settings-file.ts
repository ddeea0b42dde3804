import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { SETTINGS_VERSION, settingsSchema, type Settings } from '../../../shared/settings.ts';
import { LockstepError, systemCode } from '../errors.ts';
import type { Files, Host, Random } from '../ports.ts';

const GENERATIONS = 3;

/** What was found: the settings, and whether the file was damaged (then it is kept aside under `kept`). */
export interface LoadedSettings {
  readonly settings: Settings;
  readonly damaged: Damage | null;
  /** The file does not hold them yet: there was none, or it was damaged. */
  readonly isNew: boolean;
}

/** `restored`: the generation in use instead; null: there was none, and everything began anew. */
interface Damage {
  readonly kept: string;
  readonly restored: string | null;
}

/** A directory, a fifo, a socket, a device, a link that goes round, more than can be read. */
const NO_FILE = new Set(['EISDIR', 'EINVAL', 'ENXIO', 'ELOOP', 'ERR_FS_FILE_TOO_LARGE']);

/** Ends the name of a damaged file in whose place everything began anew. */
const BEGAN_ANEW = '-began-anew';

/**
 * `settings.json`, written whole and atomically, with its last generations beside it. A damaged file is never
 * overwritten: it is kept under another name, and the newest good generation is taken instead.
 */
export class SettingsFile {
  readonly #files: Files;
  readonly #file: string;

  constructor(files: Files, file: string) {
    this.#files = files;
    this.#file = file;
  }

  async load(host: Host, random: Random, nowMs: number): Promise<LoadedSettings> {
    const present = await this.#present();
    if (present === null) return { settings: freshSettings(host, random), damaged: null, isNew: true };
    refuseNewer(present, this.#file);
    const parsed = parse(present);
    // Said until the person has dealt with it, not only to whoever happened to ask first.
    if (parsed) return { settings: parsed, damaged: await this.#keptDamage(), isNew: false };
    const older = await this.#newestGood();
    const kept = `${this.#file}.damaged-${new Date(nowMs).toISOString().replace(/[:.]/g, '-')}${older ? '' : BEGAN_ANEW}`;
    await this.#files.create(kept, present, { mode: 0o600, sync: true });
    return { settings: older?.settings ?? freshSettings(host, random), damaged: { kept, restored: older?.name ?? null }, isNew: true };
  }

  /** Null: there is none. What is no file is not ours to put aside. */
  async #present(): Promise<Buffer | null> {
    try {
      return await this.#files.readIfThere(this.#file);
    } catch (error) {
      if (!NO_FILE.has(systemCode(error) ?? '')) throw error;
      throw new LockstepError('settings-damaged', { file: this.#file }, { cause: error });
    }
  }

  async #newestGood(): Promise<{ readonly settings: Settings; readonly name: string } | null> {
    for (let generation = 1; generation <= GENERATIONS; generation += 1) {
      const name = this.#generation(generation);
      const older = await this.#files.readIfThere(name);
      const settings = older && parse(older);
      if (settings) return { settings, name };
    }
    return null;
  }

  async #keptDamage(): Promise<Damage | null> {
    const directory = posix.dirname(this.#file);
    const names = (await this.#files.list(directory)).map(({ name }) => name.toString('utf8'));
    const newest = names.filter((name) => name.startsWith(`${posix.basename(this.#file)}.damaged-`)).sort().at(-1);
    return newest === undefined ? null : { kept: posix.join(directory, newest), restored: newest.endsWith(BEGAN_ANEW) ? null : this.#generation(1) };
  }

  async save(settings: Settings): Promise<void> {
    const text = `${JSON.stringify(settings, null, 2)}\n`;
    const present = await this.#files.readIfThere(this.#file);
    if (present?.toString('utf8') === text) return;
    await this.#files.writeAtomically(this.#file, text, 0o600);
    await this.#keepGeneration(text);
  }

  /** The newest generation equals the file itself: damage to that loses no change. */
  async #keepGeneration(text: string): Promise<void> {
    for (let generation = GENERATIONS - 1; generation >= 1; generation -= 1) {
      if (await this.#files.stat(this.#generation(generation))) await this.#files.rename(this.#generation(generation), this.#generation(generation + 1));
    }
    await this.#files.writeAtomically(this.#generation(1), text, 0o600);
  }

  #generation(number: number): string {
    return `${this.#file}.${number}`;
  }
}

/** Settings of a newer program are not damage, and not ours to write over. */
function refuseNewer(bytes: Buffer, file: string): void {
  let version: unknown;
  try {
    version = (JSON.parse(bytes.toString('utf8')) as { version?: unknown } | null)?.version;
  } catch {
    return;
  }
  if (typeof version === 'number' && version > SETTINGS_VERSION) throw new LockstepError('settings-damaged', { file, newer: version });
}

function parse(bytes: Buffer): Settings | null {
  try {
    const result = settingsSchema.safeParse(JSON.parse(bytes.toString('utf8')));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

/** A new home makes its own machine: a random id, and the host's name as people know it. */
function freshSettings(host: Host, random: Random): Settings {
  return settingsSchema.parse({
    version: SETTINGS_VERSION,
    machine: { id: random.bytes(4).toString('hex'), name: machineName(host.hostName) },
    folders: [],
    signal: { xmpp: null, fanout: null },
  });
}

/** Host name without its domain, in characters that are safe in file names on every system. */
function machineName(hostName: string): string {
  const name = (hostName.split('.')[0] ?? '').replace(/[^\p{L}\p{N}_-]/gu, '-').slice(0, 32);
  return name || `machine-${createHash('sha256').update(hostName).digest('hex').slice(0, 4)}`;
}
