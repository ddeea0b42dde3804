import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { RepoPath } from '../../repo-path.ts';
import type { FileSystemLimits, ObjectId, TreeEntry, WorkTreeContent } from '../../vcs/vcs.ts';
import type { ApplierVcs } from '../../apply/applier.ts';

/** A store of blobs in memory, with git's ids, at the port of the applier. */
export class MemoryVcs implements ApplierVcs {
  readonly place: ApplierVcs['place'];
  readonly ownDirectory: string;
  readonly #blobs = new Map<ObjectId, Buffer>();
  ignores: (path: RepoPath) => boolean = () => false;
  fileSystem: FileSystemLimits = { executableBits: true, foldsCase: false };
  /** How it comes to the bytes of the work tree. */
  read: (file: Buffer) => Promise<Buffer> = (file) => readFile(file);

  constructor(workTree: string, ownDirectory: string) {
    this.place = { workTree, gitDir: `${workTree}/.git`, commonDir: `${workTree}/.git` };
    this.ownDirectory = ownDirectory;
  }

  add(bytes: Buffer): ObjectId {
    const id = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
    this.#blobs.set(id, bytes);
    return id;
  }

  /** As when an object is missing in a damaged repository. */
  lose(id: ObjectId): void {
    this.#blobs.delete(id);
  }

  has(bytes: Buffer): boolean {
    return [...this.#blobs.values()].some((blob) => blob.equals(bytes));
  }

  async limits(): Promise<FileSystemLimits> {
    return this.fileSystem;
  }

  async ignored(paths: readonly { readonly path: RepoPath; readonly directory: boolean }[]): Promise<ReadonlySet<RepoPath>> {
    return new Set(paths.map(({ path }) => path).filter((path) => this.ignores(path)));
  }

  async identify(files: readonly { readonly file: Buffer }[]): Promise<readonly ObjectId[]> {
    return Promise.all(
      files.map(async ({ file }) => {
        const bytes = await this.read(file);
        return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
      }),
    );
  }

  async *contents(entries: readonly { readonly path: RepoPath; readonly entry: TreeEntry }[]): AsyncIterable<WorkTreeContent> {
    for (const { path, entry } of entries) {
      const bytes = this.#blobs.get(entry.id);
      if (!bytes) return;
      yield { path, entry, bytes };
    }
  }

  async readBlob(id: ObjectId): Promise<Buffer> {
    const bytes = this.#blobs.get(id);
    if (!bytes) throw new Error(`no object ${id}`);
    return bytes;
  }
}
