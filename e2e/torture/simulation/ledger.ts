import type { ContentReader } from './contents.ts';
import type { ObjectFinder } from './object-finder.ts';

/** Somewhere contents can be: a machine's folder with its repository, or (without a folder) the hub. */
export interface Place {
  readonly name: string;
  /** Null: a bare repository. */
  readonly folder: string | null;
  readonly objects: ObjectFinder;
  /** Whether it can be looked at just now. */
  readonly isThere: () => boolean;
}

interface Entry {
  readonly id: string;
  readonly machine: string;
  readonly path: string;
  /** Seen among the objects of some repository. */
  committed: boolean;
  /** A person took it away, so that it need not be anywhere, unless a commit has it. */
  taken: boolean;
}

/** A content that is nowhere any more, though nobody who may destroy it did. */
export interface Lost {
  readonly id: string;
  readonly machine: string;
  readonly path: string;
}

/**
 * The book that is kept outside of the program: every content that a person put on a disk, until a person destroyed it.
 * It knows nothing of what the program should do; it only looks where everything is.
 */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  readonly #places: readonly Place[];
  readonly #contents: ContentReader;
  saves = 0;

  constructor(places: readonly Place[], contents: ContentReader) {
    this.#places = places;
    this.#contents = contents;
  }

  /**
   * A person's doing on one machine: what appeared is noted, and what is gone by it without ever having been anywhere
   * else is theirs to destroy.
   */
  async person<T>(folder: string, work: () => T): Promise<T> {
    const before = this.#look(folder);
    const result = work();
    this.#contents.forget(folder);
    const after = this.#look(folder);
    for (const [path, id] of after) if (before.get(path) !== id) this.#note(id, folder, path);
    const left = new Set(after.values());
    await this.#take([...new Set(before.values())].filter((id) => !left.has(id)));
    return result;
  }

  /** Somebody's doing that may take commits of one place out of reach: what only they held is theirs to destroy. */
  async history<T>(place: Place, work: () => T | Promise<T>): Promise<T> {
    const before = place.objects.reachable();
    const result = await work();
    const after = place.objects.reachable();
    const gone = [...before].filter((id) => !after.has(id) && this.#entries.has(id));
    for (const id of gone) Object.assign(this.#entries.get(id) ?? {}, { taken: true });
    return result;
  }

  /** Contents that are neither on a disk nor among the objects of a repository. Cheap; after each operation. */
  async missing(): Promise<Lost[]> {
    const disks = this.#onDisks();
    const gone = [...this.#entries.values()].filter(({ id, committed }) => !committed && !disks.has(id));
    await this.#findCommitted(gone);
    return gone.filter(({ committed }) => !committed && this.#allThere());
  }

  /** Contents that are neither on a disk nor reached by a ref: the whole truth, and dear. */
  unreachable(): Lost[] {
    const [disks, reachable] = [this.#onDisks(), this.#reachable()];
    // What the history has is owed from now on, whatever the person did to the file.
    for (const entry of this.#entries.values()) if (reachable.has(entry.id)) entry.taken = false;
    const nowhere = [...this.#entries.values()].filter(({ id }) => !disks.has(id) && !reachable.has(id));
    for (const { id, taken } of nowhere) if (taken) this.#entries.delete(id);
    return nowhere.filter(({ taken }) => !taken);
  }

  #note(id: string, folder: string, path: string): void {
    this.saves += 1;
    const known = this.#entries.get(id);
    if (known) known.taken = false;
    else this.#entries.set(id, { id, machine: folder.slice(folder.lastIndexOf('/') + 1), path, committed: false, taken: false });
  }

  async #take(ids: readonly string[]): Promise<void> {
    const gone = ids.flatMap((id) => this.#entries.get(id) ?? []);
    if (gone.length === 0) return;
    const disks = this.#onDisks();
    const taken = gone.filter(({ id }) => !disks.has(id));
    for (const entry of taken) entry.taken = true;
    await this.#findCommitted(taken.filter(({ committed }) => !committed));
    for (const { id, committed } of taken) if (!committed) this.#entries.delete(id);
  }

  async #findCommitted(entries: readonly Entry[]): Promise<void> {
    for (const { objects, isThere } of this.#places) {
      const open = entries.filter(({ committed }) => !committed);
      if (open.length === 0) return;
      if (!isThere()) continue;
      const held = await objects.held(open.map(({ id }) => id));
      for (const entry of open) if (held.has(entry.id)) entry.committed = true;
    }
  }

  #allThere(): boolean {
    return this.#places.every(({ isThere }) => isThere());
  }

  #reachable(): Set<string> {
    return new Set(this.#places.filter(({ isThere }) => isThere()).flatMap(({ objects }) => [...objects.reachable()]));
  }

  #onDisks(): Set<string> {
    const ids = new Set<string>();
    for (const { folder } of this.#places) {
      if (folder === null) continue;
      for (const id of this.#look(folder).values()) ids.add(id);
      for (const id of this.#contents.kept(folder)) ids.add(id);
    }
    return ids;
  }

  #look(folder: string): ReadonlyMap<string, string> {
    return new Map([...this.#contents.workTree(folder)].map(([path, { id }]) => [path, id]));
  }
}
