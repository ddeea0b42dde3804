import { LockstepError, systemCode } from '../errors.ts';
import type { Files, FileStat } from '../ports.ts';
import { STAGING_IN_WORK_TREE } from './unsafe-paths.ts';

/**
 * Where one apply keeps what is neither old nor new yet: `stage/<n>`, new content; `aside/<n>`, what lay at the path of
 * operation `n` before (`<n>.<k>`: what somebody put there meanwhile). `journal.json` is there while it goes on, and is
 * called `applied.json` when every operation is done and only the asides are left.
 */
export interface RunPlace {
  readonly directory: string;
  readonly stage: string;
  readonly aside: string;
  readonly journal: string;
  readonly applied: string;
}

/** `madeMs`: when it was made, by the clock of the file system itself. */
export type NewRunPlace = RunPlace & { readonly madeMs: number };

const runPlace = (directory: string): RunPlace => ({
  directory,
  stage: `${directory}/stage`,
  aside: `${directory}/aside`,
  journal: `${directory}/journal.json`,
  applied: `${directory}/applied.json`,
});

/**
 * The places of applies. They must lie on the file system of the work tree, or nothing could be moved or linked: below
 * our own directory, or, where that is on another device, in a hidden directory of the work tree that holds a
 * `.gitignore` of its own with `*`: so git, and with it the watcher, leave it out without any change to the person's files.
 */
export class ApplySpace {
  readonly #files: Files;
  readonly #workTree: string;
  readonly #ownDirectory: string;

  constructor(files: Files, workTree: string, ownDirectory: string) {
    this.#files = files;
    this.#workTree = workTree;
    this.#ownDirectory = ownDirectory;
  }

  /** Makes a new place, named after the time. */
  async open(nowMs: number): Promise<NewRunPlace> {
    const root = await this.#root();
    await this.#files.makeDirectories(root, 0o700);
    const stamp = new Date(nowMs).toISOString().replace(/[-:.]/g, '');
    for (let number = 1; ; number++) {
      const place = runPlace(`${root}/${stamp}-${number}`);
      if (!(await this.#make(place.directory))) continue;
      await this.#files.makeDirectory(place.stage, 0o700);
      await this.#files.makeDirectory(place.aside, 0o700);
      return { ...place, madeMs: (await this.#stat(place.aside)).modifiedMs };
    }
  }

  /** All that are there, oldest first. */
  async all(): Promise<readonly RunPlace[]> {
    const places: RunPlace[] = [];
    for (const root of [this.#ownRoot, this.#rootInWorkTree]) {
      if ((await this.#files.stat(root))?.kind !== 'directory') continue;
      const names = (await this.#files.list(root)).filter(({ kind }) => kind === 'directory').map(({ name }) => name.toString('latin1'));
      places.push(...names.sort().map((name) => runPlace(`${root}/${name}`)));
    }
    return places;
  }

  /** Only when no aside is left: `aside` is removed first, which fails unless it is empty. */
  async close(place: RunPlace): Promise<void> {
    if (await this.#files.stat(place.aside)) await this.#files.removeDirectory(place.aside);
    await this.#files.removeTree(place.directory);
    if (!place.directory.startsWith(`${this.#rootInWorkTree}/`)) return;
    const left = await this.#files.list(this.#rootInWorkTree);
    if (left.every(({ kind }) => kind !== 'directory')) await this.#files.removeTree(this.#rootInWorkTree);
  }

  get #ownRoot(): string {
    return `${this.#ownDirectory}/apply`;
  }

  get #rootInWorkTree(): string {
    return `${this.#workTree}/${STAGING_IN_WORK_TREE}`;
  }

  async #root(): Promise<string> {
    const [own, workTree] = await Promise.all([this.#stat(this.#ownDirectory), this.#stat(this.#workTree)]);
    if (own.device === workTree.device) return this.#ownRoot;
    const root = this.#rootInWorkTree;
    await this.#files.makeDirectories(root, 0o700);
    if (!(await this.#files.stat(`${root}/.gitignore`))) await this.#files.create(`${root}/.gitignore`, Buffer.from('*\n'), { mode: 0o600, sync: false });
    return root;
  }

  async #make(directory: string): Promise<boolean> {
    try {
      await this.#files.makeDirectory(directory, 0o700);
      return true;
    } catch (error) {
      if (systemCode(error) === 'EEXIST') return false;
      throw error;
    }
  }

  async #stat(path: string): Promise<FileStat> {
    const stat = await this.#files.stat(path);
    if (stat?.kind !== 'directory') throw new LockstepError('root-missing', { path });
    return stat;
  }
}
