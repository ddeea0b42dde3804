import type { Files, FileStat, Ports } from '../ports.ts';
import { baseName, joinPath, parentPath, type RepoPath } from '../repo-path.ts';
import type { ObjectId } from '../vcs/vcs.ts';
import type { ApplierVcs } from './applier.ts';
import type { RunPlace } from './apply-space.ts';
import { conflictCopyName } from './conflict-copy-name.ts';
import { eachLimited } from '../each-limited.ts';
import { identify, isVersionOf } from './identify.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { isReachable, makeParents } from './parents.ts';
import { atPath } from './path-trouble.ts';
import { putWithoutReplacing } from './put-without-replacing.ts';
import type { Rescue } from './rescue.ts';
import { sameContent } from './same-content.ts';
import { workTreePath } from './work-tree-path.ts';

/** Something that lay in the work tree and was moved to `aside/<name>`. */
export interface Aside {
  readonly name: string;
  readonly file: Buffer;
  readonly entry: JournalEntry;
}

export interface Settled {
  readonly copies: { readonly path: RepoPath; readonly copy: RepoPath }[];
  readonly rescued: RepoPath[];
}

const PARALLEL_LOOKS = 16;
/** Where nobody tells who can still write to an aside, it is taken to be done with after so long. */
const GIVEN_UP_AFTER_MS = 86_400_000;
/** For hash7, where the content could not be read. */
const UNKNOWN_ID = '0000000';

export const asideFile = (place: RunPlace, name: string): Buffer => Buffer.from(`${place.aside}/${name}`);

/** Those that are there, with what the journal says of them. */
export async function listAsides(files: Files, place: RunPlace, journal: Journal): Promise<Aside[]> {
  if (!(await files.stat(place.aside))) return [];
  return (await files.list(place.aside)).flatMap(({ name: bytes }) => {
    const name = bytes.toString('latin1');
    const entry = journal.entries[Number.parseInt(name, 10)];
    return entry ? [{ name, file: asideFile(place, name), entry }] : [];
  });
}

/** `final`: nobody can write to it any more. */
type Looked = Aside & { readonly stat: FileStat; readonly final: boolean };

/** Sees to it that what was moved aside and is in no commit ends in the work tree, or in rescue. */
export class AsideKeeper {
  readonly #ports: Pick<Ports, 'files' | 'processes' | 'clock'>;
  readonly #files: Files;
  readonly #vcs: ApplierVcs;
  readonly #rescue: Rescue;
  /** Of those that somebody can still write to: what they were when their content was known. */
  readonly #known = new Map<string, FileStat>();

  constructor(ports: Pick<Ports, 'files' | 'processes' | 'clock'>, vcs: ApplierVcs, rescue: Rescue) {
    this.#ports = ports;
    this.#files = ports.files;
    this.#vcs = vcs;
    this.#rescue = rescue;
  }

  /**
   * Looks at the content of each. One that the base or the target has is safe in the repository: it is let go when
   * `letGo` and nobody can write to it any more, else it stays for another look. Every other goes beside, or to rescue
   * when it is ignored.
   */
  async settle(asides: readonly Aside[], machine: string, letGo: boolean, signal: AbortSignal): Promise<Settled> {
    const settled: Settled = { copies: [], rescued: [] };
    const looked = (await this.#look(asides, letGo)).filter((aside) => aside.final || !isSameStat(this.#known.get(aside.file.toString()), aside.stat));
    const questioned = looked.map(({ file, entry, stat }) => ({ path: entry.path, file, stat, candidates: [entry.before, entry.after] }));
    const ids = await identify(this.#files, this.#vcs, questioned, signal);
    const changed: { aside: Looked; id: ObjectId | null }[] = [];
    await eachLimited(looked.entries(), PARALLEL_LOOKS, async ([index, aside]) => {
      const id = ids[index] ?? null;
      const { entry, stat, final, file } = aside;
      const known = isVersionOf(stat, id, entry.before) || isVersionOf(stat, id, entry.after);
      if (!known || !isSameStat(await this.#files.stat(file), stat)) changed.push({ aside, id });
      else if (final) await this.#remove(file);
      else this.#known.set(file.toString(), stat);
    });
    for (const { aside, id } of changed) await atPath(aside.entry.path, () => this.#keep(aside, machine, id, settled));
    return settled;
  }

  /** Puts it back under its own name where nothing is there; false: something is, or there is no way to it. */
  async putBack(aside: Aside): Promise<boolean> {
    const stat = await this.#files.stat(aside.file);
    return !stat || this.#putBack({ ...aside, stat, final: false });
  }

  async #putBack(aside: Looked): Promise<boolean> {
    if (await makeParents(this.#files, this.#vcs.place.workTree, aside.entry.path)) return false;
    if ((await this.#put(aside, aside.entry.path)) === 'taken') return false;
    await this.#forget(aside);
    return true;
  }

  /**
   * First who can write to them, and only then what they are: the content of a file that nobody can write to any more is
   * the last that it will ever have. Nobody comes to it anew, as nobody knows its name here.
   */
  async #look(asides: readonly Aside[], letGo: boolean): Promise<Looked[]> {
    const writable = letGo && asides.length > 0 ? await this.#ports.processes.beingWritten(asides.map(({ file }) => file.toString())) : null;
    const stats = await Promise.all(asides.map(({ file }) => this.#files.stat(file)));
    return asides.flatMap((aside, index) => {
      const stat = stats[index];
      if (!stat) return [];
      const givenUp = stat.changedMs < this.#ports.clock.now() - GIVEN_UP_AFTER_MS;
      return [{ ...aside, stat, final: letGo && (writable ? !writable.has(aside.file.toString()) : givenUp) }];
    });
  }

  /** In the work tree or in rescue when this returns; only then it is gone from here. */
  async #keep(aside: Looked, machine: string, id: ObjectId | null, settled: Settled): Promise<void> {
    const { file, entry } = aside;
    const stat = await this.#files.stat(file);
    if (!stat) return;
    const now = { ...aside, stat };
    if (stat.kind !== 'directory' && stat.kind !== 'other' && (await this.#isIgnored(entry))) {
      await this.#rescue.put(file, entry.path, entry.rescue ? 'ignored-here' : 'changed-meanwhile');
      await this.#forget(now);
      settled.rescued.push(entry.path);
      return;
    }
    if (await this.#isSame(now, entry.path)) return this.#forget(now);
    // What the target removes was edited meanwhile: the edit survives, under its own name.
    if (!entry.after && (await this.#putBack(now))) {
      settled.copies.push({ path: entry.path, copy: entry.path });
      return;
    }
    const copy = await this.#putBeside(now, machine, id ?? UNKNOWN_ID);
    await this.#forget(now);
    if (copy !== null) settled.copies.push({ path: entry.path, copy });
  }

  async #isIgnored({ path, before, rescue }: JournalEntry): Promise<boolean> {
    if (rescue) return true;
    return before === null && (await this.#vcs.ignored([{ path, directory: false }])).has(path);
  }

  /** Null: such a copy is there already. */
  async #putBeside(aside: Looked, machine: string, id: ObjectId): Promise<RepoPath | null> {
    let beside = aside.entry.path;
    // Where a file or link stands in place of a directory above, the copy lies next to that.
    for (let obstacle = await makeParents(this.#files, this.#vcs.place.workTree, beside); obstacle; ) {
      beside = joinPath(parentPath(obstacle), baseName(beside));
      obstacle = await makeParents(this.#files, this.#vcs.place.workTree, beside);
    }
    const taken = new Set<RepoPath>();
    for (;;) {
      const copy = conflictCopyName(beside, machine, id.slice(0, 7), (candidate) => taken.has(candidate));
      if ((await this.#put(aside, copy)) === 'put') return copy;
      if (await this.#isSame(aside, copy)) return null;
      taken.add(copy);
    }
  }

  async #put({ file, stat }: Looked, path: RepoPath): Promise<'put' | 'taken'> {
    return putWithoutReplacing(this.#files, file, workTreePath(this.#vcs.place.workTree, path), stat);
  }

  async #isSame({ file, stat }: Looked, path: RepoPath): Promise<boolean> {
    const { workTree } = this.#vcs.place;
    const other = workTreePath(workTree, path);
    const otherStat = (await isReachable(this.#files, workTree, path)) ? await this.#files.stat(other) : null;
    return otherStat !== null && sameContent(this.#files, file, stat, other, otherStat);
  }

  /**
   * Its bytes are elsewhere now. But where that is a copy and not another name of the same file, somebody may still write
   * to this one: then it stays until nobody can. Directories and odd files were moved, not linked.
   */
  async #forget({ file, stat, final }: Looked): Promise<void> {
    if (stat.kind !== 'file' && stat.kind !== 'link') return;
    const links = (await this.#files.stat(file))?.links ?? 0;
    if (final || stat.kind === 'link' || links > 1) await this.#remove(file);
  }

  async #remove(file: Buffer): Promise<void> {
    await this.#files.remove(file);
    this.#known.delete(file.toString());
  }
}

const isSameStat = (a: FileStat | null | undefined, b: FileStat): boolean => a?.modifiedMs === b.modifiedMs && a.changedMs === b.changedMs && a.bytes === b.bytes;
