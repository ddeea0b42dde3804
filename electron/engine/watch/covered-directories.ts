import { systemCode } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { repoPathBytes, type RepoPath } from '../repo-path.ts';
import { DirectoryTree, ROOT } from './directory-tree.ts';
import { PolledDirectories, type PollReason } from './polled-directories.ts';

interface CoverOptions {
  readonly ports: Pick<Ports, 'clock' | 'files' | 'watch' | 'log'>;
  readonly root: string;
  /** No watches at all: other hosts write here. */
  readonly network: boolean;
  /** As `DirectoryWatch` reports it. */
  readonly happened: (directory: RepoPath, name: Buffer | null, moved: boolean) => void;
  /** A directory without a watch is not as it was, or has one only now: its entries are to be looked at. */
  readonly differs: (directory: RepoPath) => void;
}

/** The directories below a root that are under observation: each by a watch, or by polling where there is none for it. */
export class CoveredDirectories {
  readonly #options: CoverOptions;
  readonly #tree = new DirectoryTree();
  readonly #polled: PolledDirectories;
  readonly #root: Buffer;
  #closed = false;

  constructor(options: CoverOptions) {
    this.#options = options;
    this.#root = Buffer.from(options.root);
    this.#polled = new PolledDirectories({
      ...options.ports,
      absolute: (path) => this.absolute(path),
      changed: options.differs,
      beforeCheck: () => this.#retryWatches(),
    });
  }

  absolute(path: RepoPath): Buffer {
    return path === ROOT ? this.#root : Buffer.concat([this.#root, Buffer.from('/'), repoPathBytes(path)]);
  }

  has(directory: RepoPath): boolean {
    return this.#tree.has(directory);
  }

  counts(): { directories: number; polled: number } {
    return { directories: this.#tree.size - this.#polled.size, polled: this.#polled.count('limit', 'network') };
  }

  /** Watches the directory anew, else polls it; false: it is gone, and so is what was below it. */
  async cover(directory: RepoPath): Promise<boolean> {
    if (this.#closed) return false;
    if (this.#options.network) return this.#poll(directory, 'network');
    try {
      this.#watch(directory);
      return true;
    } catch (error) {
      return this.#failed(directory, error);
    }
  }

  /** The directory could not be listed: gone, or polled until it can be. */
  async unlisted(directory: RepoPath, error: unknown): Promise<void> {
    await this.#failed(directory, error);
  }

  /** Lets a directory and all below it go. */
  drop(directory: RepoPath): void {
    this.#tree.drop(directory);
  }

  /** Of what is directly below a directory, lets go what is not named. */
  retain(directory: RepoPath, names: ReadonlySet<string>): void {
    this.#tree.retain(directory, names);
  }

  close(): void {
    this.#closed = true;
    this.#tree.drop(ROOT);
    this.#polled.close();
  }

  #watch(directory: RepoPath): void {
    const { ports, happened } = this.#options;
    const cover = ports.watch.directory(
      this.absolute(directory),
      (name, moved) => happened(directory, name, moved),
      () => happened(directory, null, true),
    );
    this.#tree.set(directory, cover);
  }

  async #failed(directory: RepoPath, error: unknown): Promise<boolean> {
    if (!isGone(error)) return this.#poll(directory, isLimit(error) ? 'limit' : 'unreadable');
    this.#tree.drop(directory);
    return false;
  }

  async #poll(directory: RepoPath, reason: PollReason): Promise<boolean> {
    const cover = await this.#polled.add(directory, reason);
    if (this.#closed) cover.close();
    else this.#tree.set(directory, cover);
    return !this.#closed;
  }

  /** The limit may have been raised, or watches become free. */
  #retryWatches(): void {
    for (const directory of [...this.#polled.waiting()]) {
      try {
        this.#watch(directory);
        this.#options.differs(directory);
      } catch (error) {
        if (isLimit(error)) return;
      }
    }
  }
}

const isGone = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');

const isLimit = (error: unknown): boolean => ['ENOSPC', 'EMFILE', 'ENFILE', 'ENOMEM'].includes(systemCode(error) ?? '');
