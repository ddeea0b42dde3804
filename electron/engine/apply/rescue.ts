import { z } from 'zod';
import { rescuedSchema, WHOLE_FOLDER, type Rescued } from '../../../shared/commands.ts';
import { LockstepError, systemCode } from '../errors.ts';
import type { FileStat, FsPath, Ports } from '../ports.ts';
import { displayPath, repoPathFromBytes, type RepoPath } from '../repo-path.ts';
import { putWithoutReplacing } from './put-without-replacing.ts';
import { sameContent } from './same-content.ts';

export type RescueReason = Exclude<Rescued['why'], (typeof WHOLE_FOLDER)[number]>;

export const KEPT_DAYS = 90;
const KEPT_MS = KEPT_DAYS * 86_400_000;

/** What the remote's history was stays: no copy of it need be anywhere else. */
export const isLetGo = (why: Rescued['why']): boolean => why !== 'remote-history';

/** Milliseconds since 1970, both. */
export const isOutdated = (atMs: number, nowMs: number): boolean => nowMs - atMs > KEPT_MS;
export const keptUntil = (atMs: number): string => new Date(atMs + KEPT_MS).toISOString();

/** Written beside each rescued file. `path` is a `RepoPath`: a character a byte. */
const manifestSchema = z.object({ version: z.literal(1), at: rescuedSchema.shape.at, why: rescuedSchema.shape.why.exclude([...WHOLE_FOLDER]), path: z.string(), bytes: z.number(), mode: z.number() });
type Manifest = z.infer<typeof manifestSchema>;

/**
 * Bytes that had to leave the work tree and must not go into the history (ignored files above all): kept on this machine
 * under `rescue/<stamp>-<n>`, each with a manifest `<stamp>-<n>.json`.
 */
export class Rescue {
  readonly #ports: Pick<Ports, 'files' | 'clock'>;
  readonly #directory: string;

  constructor(ports: Pick<Ports, 'files' | 'clock'>, ownDirectory: string) {
    this.#ports = ports;
    this.#directory = `${ownDirectory}/rescue`;
  }

  /**
   * Keeps the file or link at `from`, which stays where it is; gives its name here. Bytes that are kept for this path
   * already are not kept twice, so that this can be done again after a crash.
   */
  async put(from: FsPath, path: RepoPath, why: RescueReason): Promise<string> {
    const { files, clock } = this.#ports;
    const stat = await files.stat(from);
    if (!stat) throw new LockstepError('no-such-path', { path: displayPath(path) });
    await files.makeDirectories(this.#directory, 0o700);
    const at = new Date(clock.now()).toISOString();
    const manifest: Manifest = { version: 1, at, why, path, bytes: stat.bytes, mode: stat.mode };
    const same = await this.#sameKept(from, stat, path);
    if (same) {
      if (!same.described) await this.#describe(same.name, manifest);
      return same.name;
    }
    const stamp = at.replace(/[-:]|\.\d+/g, '');
    for (let number = 1; ; number++) {
      const name = `${stamp}-${number}`;
      if ((await putWithoutReplacing(files, from, this.#file(name), stat)) === 'taken') continue;
      await this.#describe(name, manifest);
      return name;
    }
  }

  /** Newest first. */
  async list(): Promise<readonly Rescued[]> {
    const rescued = await Promise.all((await this.#names()).map(async (name) => this.#listed(name)));
    return rescued.filter((entry) => entry !== null).sort((a, b) => (a.at < b.at || (a.at === b.at && a.name < b.name) ? 1 : -1));
  }

  /** Copies a rescued file to an absolute path, over nothing that is there: `path-taken`. It stays in rescue. */
  async restore(name: string, target: FsPath): Promise<void> {
    const { files } = this.#ports;
    const stat = /^[0-9TZ]+-[0-9]+$/.test(name) ? await files.stat(this.#file(name)) : null;
    if (!stat) throw new LockstepError('no-such-rescue', { name });
    const bytes = typeof target === 'string' ? Buffer.from(target) : target;
    await files.makeDirectories(bytes.subarray(0, Math.max(1, bytes.lastIndexOf('/'))), 0o777);
    try {
      if (stat.kind === 'link') await files.symlink(await files.readLink(this.#file(name)), target);
      else await files.create(target, files.openRead(this.#file(name)), { mode: stat.mode & 0o777, sync: true });
    } catch (error) {
      if (systemCode(error) === 'EEXIST') throw new LockstepError('path-taken', { path: displayPath(repoPathFromBytes(bytes)) }, { cause: error });
      throw error;
    }
  }

  /** Removes one that is listed. */
  async letGo(name: string): Promise<void> {
    const { files } = this.#ports;
    await files.remove(this.#file(name));
    if (await files.stat(this.#manifest(name))) await files.remove(this.#manifest(name));
  }

  async #names(): Promise<string[]> {
    if (!(await this.#ports.files.stat(this.#directory))) return [];
    const names = (await this.#ports.files.list(this.#directory)).map(({ name }) => name.toString('latin1'));
    return names.filter((name) => /^[0-9TZ]+-[0-9]+$/.test(name));
  }

  /** A crash may come before the manifest is written: the bytes are listed all the same. */
  async #listed(name: string): Promise<Rescued | null> {
    const stat = await this.#ports.files.stat(this.#file(name));
    if (!stat) return null;
    const manifest = await this.#readManifest(name);
    const at = manifest?.at ?? new Date(stat.changedMs).toISOString();
    const path = manifest ? displayPath(manifest.path as RepoPath) : name;
    return { name, at, why: manifest?.why ?? 'left-behind', path, bytes: stat.bytes, keptUntil: keptUntil(Date.parse(at)) };
  }

  async #readManifest(name: string): Promise<Manifest | null> {
    const text = await this.#ports.files.readIfThere(this.#manifest(name));
    if (!text) return null;
    try {
      return manifestSchema.parse(JSON.parse(text.toString('utf8')));
    } catch {
      return null;
    }
  }

  /** `described` false: a crash came before its manifest. */
  async #sameKept(from: FsPath, stat: FileStat, path: RepoPath): Promise<{ name: string; described: boolean } | null> {
    const { files } = this.#ports;
    for (const name of await this.#names()) {
      const kept = await files.stat(this.#file(name));
      if (kept?.bytes !== stat.bytes) continue;
      const manifest = await this.#readManifest(name);
      if (manifest && manifest.path !== path) continue;
      if (await sameContent(files, from, stat, this.#file(name), kept)) return { name, described: manifest !== null };
    }
    return null;
  }

  async #describe(name: string, manifest: Manifest): Promise<void> {
    await this.#ports.files.writeAtomically(this.#manifest(name), JSON.stringify(manifest), 0o600);
  }

  #file(name: string): string {
    return `${this.#directory}/${name}`;
  }

  #manifest(name: string): string {
    return `${this.#directory}/${name}.json`;
  }
}
