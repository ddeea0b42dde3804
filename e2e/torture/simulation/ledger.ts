import type { ContentReader } from './contents.ts';
import type { ObjectFinder } from './object-finder.ts';

/** Somewhere contents can be: a machine's folder with its repository, or (without a folder) the hub. */
export interface Place {
  readonly name: string;
  /** Of its folder; null: a bare repository. */
  readonly contents: ContentReader | null;
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
  /** It had rested when a person took it away: the history must have it. */
  owed: boolean;
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
  saves = 0;

  constructor(places: readonly Place[]) {
    this.#places = places;
  }

  /**
   * A person's doing on one machine: what appeared is noted, and what is gone by it without ever having been anywhere
   * else is theirs to destroy.
   */
  async person<T>(place: Place, work: () => T | Promise<T>): Promise<T> {
    const before = treeOf(place);
    const result = await work();
    const after = treeOf(place);
    for (const [path, { id }] of after) if (before.get(path)?.id !== id) this.#note(id, place.name, path);
    const left = new Set([...after.values()].map(({ id }) => id));
    await this.#take([...new Set([...before.values()].map(({ id }) => id))].filter((id) => !left.has(id)));
    return result;
  }

  /** Somebody's doing that may take commits of one place out of reach: what only they held is theirs to destroy. */
  async history<T>(place: Place, work: () => T | Promise<T>): Promise<T> {
    const before = await place.objects.reachable();
    const result = await work();
    const after = await place.objects.reachable();
    const gone = [...before].filter((id) => !after.has(id) && this.#entries.has(id));
    for (const id of gone) Object.assign(this.#entries.get(id) ?? {}, { taken: true, owed: false });
    return result;
  }

  /** These have rested long enough to be kept for good, whatever a person saves over them. */
  owe(ids: readonly string[]): void {
    for (const id of ids) Object.assign(this.#entries.get(id) ?? {}, { owed: true });
  }

  /** Contents that are neither on a disk nor among the objects of a repository. Cheap; after each operation. */
  async missing(): Promise<Lost[]> {
    const disks = this.#onDisks();
    const gone = [...this.#entries.values()].filter(({ id, committed }) => !committed && !disks.has(id));
    await this.#findCommitted(gone);
    return gone.filter(({ committed }) => !committed && this.#allThere());
  }

  /** Contents that are neither on a disk nor reached by a ref: the whole truth, and dear. */
  async unreachable(): Promise<Lost[]> {
    const [disks, reachable] = [this.#onDisks(), await this.#reachable()];
    // What the history has is owed from now on, whatever the person did to the file.
    for (const entry of this.#entries.values()) if (reachable.has(entry.id)) Object.assign(entry, { taken: false, owed: true });
    const nowhere = [...this.#entries.values()].filter(({ id }) => !disks.has(id) && !reachable.has(id));
    for (const { id, taken } of nowhere) if (taken) this.#entries.delete(id);
    return nowhere.filter(({ taken }) => !taken);
  }

  #note(id: string, machine: string, path: string): void {
    this.saves += 1;
    const known = this.#entries.get(id);
    if (known) known.taken = false;
    else this.#entries.set(id, { id, machine, path, committed: false, taken: false, owed: false });
  }

  async #take(ids: readonly string[]): Promise<void> {
    const gone = ids.flatMap((id) => this.#entries.get(id) ?? []);
    if (gone.length === 0) return;
    const disks = this.#onDisks();
    const taken = gone.filter(({ id, owed }) => !owed && !disks.has(id));
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

  async #reachable(): Promise<Set<string>> {
    const reachable = new Set<string>();
    for (const { objects, isThere } of this.#places) if (isThere()) for (const id of await objects.reachable()) reachable.add(id);
    return reachable;
  }

  #onDisks(): Set<string> {
    const ids = new Set<string>();
    for (const place of this.#places) {
      for (const { id } of treeOf(place).values()) ids.add(id);
      for (const id of place.contents?.kept() ?? []) ids.add(id);
    }
    return ids;
  }
}

const treeOf = ({ contents }: Place): ReturnType<ContentReader['workTree']> => contents?.workTree() ?? new Map<string, never>();
