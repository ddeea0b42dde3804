import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemCode } from '../../errors.ts';
import type { Files, Processes } from '../../ports.ts';
import { nodeFiles } from '../../ports/node-files.ts';
import { nodeProcesses } from '../../ports/node-processes.ts';
import { repoPathFromText, type RepoPath } from '../../repo-path.ts';
import { FakeClock } from '../fake-clock.ts';
import { MemoryLog } from '../memory-log.ts';
import type { TreeChange, TreeEntry } from '../../vcs/vcs.ts';
import type { Applier, ApplierVcs, ApplyOutcome } from '../../apply/applier.ts';
import { createApplier } from '../../apply/work-tree-applier.ts';
import { diffTrees, type Tree } from './memory-tree.ts';
import { MemoryVcs } from './memory-vcs.ts';

/** Looking at every process of the system takes a while; where nobody holds a file open, it can be spared. */
const nobodyWrites: Processes = { ...nodeProcesses, beingWritten: async () => new Set() };

/** `text`: a file; `x:text`: an executable one; `-> target`: a link. */
export type Described = Readonly<Record<string, string>>;

/** A work tree on the disk, an applier, and a version-control system that is only what the applier sees of one. */
export class ApplyWorld {
  readonly directory: string;
  readonly workTree: string;
  readonly ownDirectory: string;
  readonly vcs: MemoryVcs;
  readonly log = new MemoryLog();
  readonly clock = new FakeClock();

  private constructor(directory: string) {
    this.directory = directory;
    this.workTree = join(directory, 'tree');
    this.ownDirectory = join(this.workTree, '.git/lockstep');
    this.vcs = new MemoryVcs(this.workTree, this.ownDirectory);
  }

  static async open(base: Described = {}): Promise<ApplyWorld> {
    const world = new ApplyWorld(await mkdtemp(join(tmpdir(), 'apply-')));
    await mkdir(world.ownDirectory, { recursive: true });
    await world.lay(base);
    world.treeOf(base);
    return world;
  }

  async close(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  file(path: string): string {
    return join(this.workTree, path);
  }

  /** Written long ago, as most files are that a pull meets. */
  async lay(files: Described): Promise<void> {
    for (const [path, described] of Object.entries(files)) {
      await mkdir(dirname(this.file(path)), { recursive: true });
      if (described.startsWith('-> ')) {
        await symlink(described.slice(3), this.file(path));
        continue;
      }
      await writeFile(this.file(path), described.replace(/^x:/, ''));
      await chmod(this.file(path), described.startsWith('x:') ? 0o755 : 0o644);
      await utimes(this.file(path), 1_000_000_000, 1_000_000_000);
    }
  }

  treeOf(files: Described): Tree {
    return new Map(Object.entries(files).map(([path, described]) => [repoPathFromText(path), this.#entry(described)]));
  }

  changes(from: Described, to: Described): TreeChange[] {
    return diffTrees(this.treeOf(from), this.treeOf(to));
  }

  applier(files: Files = nodeFiles, vcs: ApplierVcs = this.vcs, processes: Processes = nobodyWrites): Applier {
    return createApplier({ ports: { files, processes, clock: this.clock, log: this.log }, vcs });
  }

  async apply(from: Described, to: Described, { held = [], applier = this.applier() }: { held?: readonly RepoPath[]; applier?: Applier } = {}): Promise<ApplyOutcome> {
    return applier.apply({ from: 'from', to: 'to', changes: this.changes(from, to), machine: 'laptop', held }, new AbortController().signal);
  }

  /** Everything in the work tree, described; directories that are empty with a slash. */
  async read(): Promise<Described> {
    const found: [string, string][] = [];
    await this.#readInto(found, '');
    return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Bytes of everything in rescue. */
  async rescued(): Promise<string[]> {
    const directory = join(this.ownDirectory, 'rescue');
    const names = (await readdir(directory).catch(() => [])).filter((name) => /^[0-9TZ]+-[0-9]+$/.test(name));
    return Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')));
  }

  /** Places of applies that are left. */
  async leftOver(): Promise<string[]> {
    return readdir(join(this.ownDirectory, 'apply')).catch(() => []);
  }

  #entry(described: string): TreeEntry {
    const link = described.startsWith('-> ');
    const id = this.vcs.add(Buffer.from(link ? described.slice(3) : described.replace(/^x:/, '')));
    return { id, mode: link ? '120000' : described.startsWith('x:') ? '100755' : '100644' };
  }

  async #readInto(found: [string, string][], directory: string): Promise<void> {
    const names = await readdir(this.file(directory));
    if (names.length === 0 && directory) found.push([`${directory}/`, '']);
    for (const name of names) {
      const path = directory ? `${directory}/${name}` : name;
      if (path === '.git') continue;
      // An editor's temporary file may be gone between the list and the look.
      await this.#readOne(found, path).catch((error: unknown) => {
        if (systemCode(error) !== 'ENOENT') throw error;
      });
    }
  }

  async #readOne(found: [string, string][], path: string): Promise<void> {
    const stats = await lstat(this.file(path));
    if (stats.isDirectory()) await this.#readInto(found, path);
    else if (stats.isSymbolicLink()) found.push([path, `-> ${await readlink(this.file(path))}`]);
    else found.push([path, (stats.mode & 0o100 ? 'x:' : '') + (await readFile(this.file(path), 'utf8'))]);
  }
}
