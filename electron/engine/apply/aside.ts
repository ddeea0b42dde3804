import type { Files, FileStat } from '../ports.ts';
import { baseName, joinPath, parentPath, type RepoPath } from '../repo-path.ts';
import type { ObjectId } from '../vcs/vcs.ts';
import type { ApplierVcs } from './applier.ts';
import type { RunPlace } from './apply-space.ts';
import { conflictCopyName } from './conflict-copy-name.ts';
import { eachLimited } from './each-limited.ts';
import { identify, isVersionOf } from './identify.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { makeParents } from './parents.ts';
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

/** Sees to it that what was moved aside and is in no commit ends in the work tree, or in rescue. */
export class AsideKeeper {
  readonly #files: Files;
  readonly #vcs: ApplierVcs;
  readonly #rescue: Rescue;

  constructor(files: Files, vcs: ApplierVcs, rescue: Rescue) {
    this.#files = files;
    this.#vcs = vcs;
    this.#rescue = rescue;
  }

  /**
   * Looks at the content of each. One that the base or the target has is safe in the repository: it is let go when
   * `letGo`, else it stays for another look. Every other goes beside, or to rescue when it is ignored.
   */
  async settle(asides: readonly Aside[], machine: string, letGo: boolean, signal: AbortSignal): Promise<Settled> {
    const settled: Settled = { copies: [], rescued: [] };
    const present = (await Promise.all(asides.map(async (aside) => ({ aside, stat: await this.#files.stat(aside.file) })))).flatMap(({ aside, stat }) => (stat ? [{ aside, stat }] : []));
    const questioned = present.map(({ aside: { file, entry }, stat }) => ({ path: entry.path, file, stat, candidates: [entry.before, entry.after] }));
    const ids = await identify(this.#files, this.#vcs, questioned, signal);
    const changed: { aside: Aside; id: ObjectId | null }[] = [];
    await eachLimited(present.entries(), PARALLEL_LOOKS, async ([index, { aside, stat }]) => {
      const id = ids[index] ?? null;
      const { before, after } = aside.entry;
      const known = isVersionOf(stat, id, before) || isVersionOf(stat, id, after);
      if (!known || !(await this.#isUntouched(aside, stat))) changed.push({ aside, id });
      else if (letGo) await this.#files.remove(aside.file);
    });
    for (const { aside, id } of changed) await atPath(aside.entry.path, () => this.#keep(aside, machine, id, settled));
    return settled;
  }

  /** Puts it back under its own name where nothing is there; false: something is, or there is no way to it. */
  async putBack({ file, entry }: Aside): Promise<boolean> {
    const stat = await this.#files.stat(file);
    if (!stat) return true;
    if (await makeParents(this.#files, this.#vcs.place.workTree, entry.path)) return false;
    if ((await this.#put(file, entry.path, stat)) === 'taken') return false;
    await this.#forget(file, stat);
    return true;
  }

  /** In the work tree or in rescue when this returns; only then it is gone from here. */
  async #keep(aside: Aside, machine: string, id: ObjectId | null, settled: Settled): Promise<void> {
    const { file, entry } = aside;
    const stat = await this.#files.stat(file);
    if (!stat) return;
    if (stat.kind !== 'directory' && stat.kind !== 'other' && (await this.#isIgnored(entry))) {
      await this.#rescue.put(file, entry.path, entry.rescue ? 'ignored-here' : 'changed-meanwhile');
      await this.#files.remove(file);
      settled.rescued.push(entry.path);
      return;
    }
    // What the target removes was edited meanwhile: the edit survives, under its own name.
    if (!entry.after && (await this.putBack(aside))) {
      settled.copies.push({ path: entry.path, copy: entry.path });
      return;
    }
    const copy = await this.#putBeside(aside, stat, machine, id ?? UNKNOWN_ID);
    await this.#forget(file, stat);
    settled.copies.push({ path: entry.path, copy });
  }

  /** Still the same as when its content was looked at. */
  async #isUntouched({ file }: Aside, before: FileStat): Promise<boolean> {
    const now = await this.#files.stat(file);
    return now?.modifiedMs === before.modifiedMs && now.changedMs === before.changedMs && now.bytes === before.bytes;
  }

  async #isIgnored({ path, before, rescue }: JournalEntry): Promise<boolean> {
    if (rescue) return true;
    return before === null && (await this.#vcs.ignored([{ path, directory: false }])).has(path);
  }

  async #putBeside({ file, entry }: Aside, stat: FileStat, machine: string, id: ObjectId): Promise<RepoPath> {
    let beside = entry.path;
    // Where a file or link stands in place of a directory above, the copy lies next to that.
    for (let obstacle = await makeParents(this.#files, this.#vcs.place.workTree, beside); obstacle; ) {
      beside = joinPath(parentPath(obstacle), baseName(beside));
      obstacle = await makeParents(this.#files, this.#vcs.place.workTree, beside);
    }
    const taken = new Set<RepoPath>();
    for (;;) {
      const copy = conflictCopyName(beside, machine, id.slice(0, 7), (candidate) => taken.has(candidate));
      if ((await this.#put(file, copy, stat)) === 'put' || (await this.#isSame(file, stat, copy))) return copy;
      taken.add(copy);
    }
  }

  async #put(file: Buffer, path: RepoPath, stat: FileStat): Promise<'put' | 'taken'> {
    return putWithoutReplacing(this.#files, file, workTreePath(this.#vcs.place.workTree, path), stat);
  }

  /** A crash may come between putting a copy and forgetting the aside: then the copy is there already. */
  async #isSame(file: Buffer, stat: FileStat, path: RepoPath): Promise<boolean> {
    const other = workTreePath(this.#vcs.place.workTree, path);
    const otherStat = await this.#files.stat(other);
    return otherStat !== null && sameContent(this.#files, file, stat, other, otherStat);
  }

  /** Directories and odd files were moved, not linked. */
  async #forget(file: Buffer, stat: FileStat): Promise<void> {
    if (stat.kind === 'file' || stat.kind === 'link') await this.#files.remove(file);
  }
}
