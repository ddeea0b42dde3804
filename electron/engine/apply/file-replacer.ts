import { LockstepError, systemCode } from '../errors.ts';
import type { Files, FileStat, Ports } from '../ports.ts';
import { displayPath, parentPath, type RepoPath } from '../repo-path.ts';
import type { TreeEntry, Vcs } from '../vcs/vcs.ts';
import { byHandDirectory, removeOrigin, writeOrigin, type Origin } from './by-hand.ts';
import { putWithoutReplacing } from './put-without-replacing.ts';
import { Rescue } from './rescue.ts';
import { isUnsafePath } from './unsafe-paths.ts';
import { workTreePath } from './work-tree-path.ts';

/** A save that comes in between is given way to this often, then the person is told. */
const TRIES = 5;

/**
 * Changes single files of the work tree because a person asked for it (bring back, resolve). What is replaced is put
 * into rescue first, unless the history has the same bytes; nothing is ever written over.
 */
export class FileReplacer {
  readonly #files: Files;
  readonly #ports: Pick<Ports, 'files' | 'processes' | 'clock' | 'random'>;
  readonly #vcs: Vcs;
  readonly #rescue: Rescue;

  constructor(ports: Pick<Ports, 'files' | 'processes' | 'clock' | 'random'>, vcs: Vcs) {
    this.#ports = ports;
    this.#files = ports.files;
    this.#vcs = vcs;
    this.#rescue = new Rescue(ports, vcs.ownDirectory);
  }

  /** The version of a commit, as the work tree would have it. */
  async restore(path: RepoPath, entry: TreeEntry, signal: AbortSignal): Promise<void> {
    for await (const { bytes } of this.#vcs.contents([{ path, entry }], signal)) {
      if (entry.mode === '120000') await this.#place(path, (stage) => this.#files.symlink(bytes, stage));
      else await this.#place(path, (stage) => this.#files.create(stage, bytes, { mode: entry.mode === '100755' ? 0o755 : 0o644, sync: true }));
    }
  }

  async write(path: RepoPath, bytes: Buffer): Promise<void> {
    const present = await this.#files.stat(this.#at(path));
    await this.#place(path, (stage) => this.#files.create(stage, bytes, { mode: present?.kind === 'file' ? present.mode & 0o777 : 0o644, sync: true }));
  }

  /** `to` becomes what `from` is; `from` stays. Throws `no-such-path`. */
  async copy(from: RepoPath, to: RepoPath): Promise<void> {
    const stat = await this.#present(from);
    await this.#place(to, async (stage) => {
      // A copy and not a link: two names of one file would be edited together.
      if (stat.kind === 'link') await this.#files.symlink(await this.#files.readLink(this.#at(from)), stage);
      else await this.#files.create(stage, this.#files.openRead(this.#at(from)), { mode: stat.mode & 0o777, sync: true });
    });
  }

  /** Another name for the same file; never over something that is there (`path-taken`). */
  async rename(from: RepoPath, to: RepoPath): Promise<void> {
    this.#refuseUnsafe(to);
    const stat = await this.#present(from);
    if ((await putWithoutReplacing(this.#files, this.#at(from), this.#at(to), stat)) === 'taken') throw new LockstepError('path-taken', { path: displayPath(to) });
    await this.#files.remove(this.#at(from));
  }

  async remove(path: RepoPath): Promise<void> {
    const moved = await this.#moveAside(path, { back: false });
    if (moved) await this.#letGo(moved, path);
  }

  async #place(path: RepoPath, make: (stage: string) => Promise<void>): Promise<void> {
    this.#refuseUnsafe(path);
    const stage = await this.#ownName('stage');
    await make(stage);
    const stat = await this.#files.stat(stage);
    if (!stat) throw new LockstepError('internal', { detail: 'what was staged is gone' });
    await this.#makeParents(path);
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const moved = await this.#moveAside(path, { back: true });
      const put = await putWithoutReplacing(this.#files, stage, this.#at(path), stat);
      if (moved) await this.#letGo(moved, path);
      if (put === 'put') {
        await this.#files.remove(stage);
        return;
      }
    }
    throw new LockstepError('path-taken', { path: displayPath(path) });
  }

  /** Null: there was nothing. A directory is not ours to move. */
  async #moveAside(path: RepoPath, { back }: Pick<Origin, 'back'>): Promise<string | null> {
    const stat = await this.#files.stat(this.#at(path));
    if (!stat) return null;
    if (stat.kind === 'directory') throw new LockstepError('path-taken', { path: displayPath(path) });
    const aside = await this.#ownName('aside');
    await writeOrigin(this.#files, aside, { path, back });
    try {
      await this.#files.rename(this.#at(path), aside);
      return aside;
    } catch (error) {
      await removeOrigin(this.#files, aside);
      if (systemCode(error) === 'ENOENT') return null;
      throw error;
    }
  }

  /**
   * Into rescue, unless HEAD has exactly these bytes under this path. Whoever still has the file open writes into rescue
   * from then on; so what it is counts only when it is known that nobody has. The next start takes up what stays.
   */
  async #letGo(aside: string, path: RepoPath): Promise<void> {
    const final = (await this.#ports.processes.beingWritten([aside]))?.size === 0;
    if (!(final && (await this.#isInHistory(aside, path)))) await this.#rescue.put(aside, path, 'restored-over');
    const links = (await this.#files.stat(aside))?.links ?? 0;
    if (!final && links <= 1) return writeOrigin(this.#files, aside, { path, back: false });
    await this.#files.remove(aside);
    await removeOrigin(this.#files, aside);
  }

  async #isInHistory(aside: string, path: RepoPath): Promise<boolean> {
    const head = await this.#vcs.head();
    const entry = head.state === 'branch' ? await this.#vcs.entryAt(head.commit, path) : null;
    if (!entry || entry.mode === '160000') return false;
    const [id] = await this.#vcs.identify([{ path, file: Buffer.from(aside), mode: entry.mode }], AbortSignal.any([]));
    return id === entry.id;
  }

  async #makeParents(path: RepoPath): Promise<void> {
    const chain: RepoPath[] = [];
    for (let parent = parentPath(path); parent !== null; parent = parentPath(parent)) chain.unshift(parent);
    for (const parent of chain) {
      const stat = await this.#files.stat(this.#at(parent));
      if (!stat) await this.#files.makeDirectory(this.#at(parent), 0o777);
      // Through a link one would write outside the folder.
      else if (stat.kind !== 'directory') throw new LockstepError('path-taken', { path: displayPath(parent) });
    }
  }

  async #present(path: RepoPath): Promise<FileStat> {
    const stat = await this.#files.stat(this.#at(path));
    if (!stat || stat.kind === 'directory') throw new LockstepError('no-such-path', { path: displayPath(path) });
    return stat;
  }

  #refuseUnsafe(path: RepoPath): void {
    if (isUnsafePath(path)) throw new LockstepError('usage', { detail: `${displayPath(path)} is not a path inside the folder` });
  }

  async #ownName(kind: 'stage' | 'aside'): Promise<string> {
    const directory = byHandDirectory(this.#vcs.ownDirectory);
    await this.#files.makeDirectories(directory, 0o700);
    return `${directory}/${kind}-${this.#ports.random.bytes(8).toString('hex')}`;
  }

  #at(path: RepoPath): Buffer {
    return workTreePath(this.#vcs.place.workTree, path);
  }
}
