import type { RepoPath } from '../repo-path.ts';
import type { TreeChange, TreeEntry } from '../vcs/vcs.ts';
import { ancestorsOf } from './ancestors.ts';
import { isVersion, type Disk, type DiskEntry } from './disk.ts';
import { FoldedNames } from './folded-names.ts';
import { phaseOf, PHASES, type Operation } from './operation.ts';

export type Plan =
  | { readonly plan: 'operations'; readonly operations: readonly Operation[] }
  /** The work tree has changes there that the base has not: they must be committed first. */
  | { readonly plan: 'local-changes'; readonly paths: readonly RepoPath[] }
  /** Something lies there that nobody can commit and we cannot move: a device, a fifo, another repository. */
  | { readonly plan: 'unsupported'; readonly path: RepoPath };

/** A repository's own directory inside the work tree: all of it belongs to another repository, and is none of ours to move. */
export const isRepositoryDirectory = (path: RepoPath): boolean => /\/\.(?:git|hg)$/.test(path);

type Step = Operation | { readonly do: 'wait'; readonly path: RepoPath } | { readonly do: 'refuse'; readonly path: RepoPath };

/**
 * What to do so that the work tree has `changes`, given what lies on the disk. Either the whole of it can be done
 * without touching anything that is nowhere else, or nothing is.
 */
export function planApply(changes: readonly TreeChange[], disk: Disk): Plan {
  const situation = new Situation(changes, disk);
  const clash = situation.names.clash();
  if (clash !== null) return { plan: 'unsupported', path: clash };
  const steps = changes.flatMap((change) => situation.stepsFor(change));
  const refused = steps.find((step) => step.do === 'refuse');
  if (refused) return { plan: 'unsupported', path: refused.path };
  const waiting = steps.filter((step) => step.do === 'wait').map(({ path }) => path);
  if (waiting.length > 0) return { plan: 'local-changes', paths: [...new Set(waiting)].sort() };
  return { plan: 'operations', operations: inOrder(steps.filter((step) => step.do !== 'wait' && step.do !== 'refuse')) };
}

/** Each once, by phase; directories to be removed innermost first, everything else by path. */
function inOrder(operations: readonly Operation[]): Operation[] {
  const unique = [...new Map(operations.map((operation) => [`${operation.do} ${operation.path}`, operation])).values()];
  unique.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return PHASES.flatMap((phase) => {
    const ofPhase = unique.filter((operation) => phaseOf(operation) === phase);
    return phase === 'remove-directories' ? ofPhase.reverse() : ofPhase;
  });
}

class Situation {
  readonly names: FoldedNames;
  readonly #disk: Disk;
  readonly #changes: ReadonlyMap<RepoPath, TreeChange>;
  /** Directories that the target needs. */
  readonly #needed = new Set<RepoPath>();

  constructor(changes: readonly TreeChange[], disk: Disk) {
    this.#disk = disk;
    this.#changes = new Map(changes.map((change) => [change.path, change]));
    this.names = new FoldedNames(this.#changes, disk);
    for (const { path, after } of changes) if (after) for (const ancestor of ancestorsOf(path)) this.#needed.add(ancestor);
  }

  stepsFor(change: TreeChange): Step[] {
    const { path, before, after } = change;
    const entry = this.names.at(path);
    if (this.#is(entry, after)) return after ? [] : this.#emptied(path);
    if (this.#is(entry, before)) return this.#replace(path, before, after);
    if (before && this.#disk.unlooked?.has(path)) return this.#unlooked(path, entry, after);
    return before ? this.#locallyChanged(path, entry, after) : this.#inTheWay(path, entry, after);
  }

  #is(entry: DiskEntry | null, tree: TreeEntry | null): boolean {
    return tree ? isVersion(entry, tree, this.#disk.executableBits) : entry === null;
  }

  /** The disk is as the base says. */
  #replace(path: RepoPath, before: TreeEntry | null, after: TreeEntry | null): Step[] {
    if (!before) return this.#put(path, after);
    if (before.mode === '160000') {
      if (after) return [...this.#clear(path), ...this.#put(path, after)];
      return [{ do: 'remove-directory', path }, ...this.#emptied(path)];
    }
    if (!after) return [{ do: 'remove', path, before }, ...this.#emptied(path)];
    if (after.mode === '160000') return [{ do: 'remove', path, before }, ...this.#put(path, after)];
    const onlyMode = before.id === after.id && before.mode !== '120000' && after.mode !== '120000';
    return [onlyMode ? { do: 'set-mode', path, executable: after.mode === '100755' } : { do: 'place', path, before, after }];
  }

  /** Not as the base says, and the base has it. */
  #locallyChanged(path: RepoPath, entry: DiskEntry | null, after: TreeEntry | null): Step[] {
    const held = this.#isHeld(path);
    if (!after) {
      if (entry?.kind === 'directory') return [];
      // An edit survives a deletion, in its place unless that is needed.
      if (!this.#mustGo(path)) return held || entry?.kind === 'other' ? [] : [{ do: 'wait', path }];
      return entry?.kind === 'other' ? [{ do: 'refuse', path }] : this.#displace(path, held);
    }
    if (entry?.kind === 'other') return [{ do: 'refuse', path }];
    if (!held) return [{ do: 'wait', path: this.#obstacleAbove(path) ?? path }];
    return [...(entry ? this.#displace(path, held) : []), ...this.#put(path, after)];
  }

  /** It stays as it is, or stays away, as long as the repository has the path; afterwards it would be a new file to commit. */
  #unlooked(path: RepoPath, entry: DiskEntry | null, after: TreeEntry | null): Step[] {
    if (!entry || entry.kind === 'directory' || (after && !this.#mustGo(path))) return [];
    return entry.kind === 'other' ? [{ do: 'refuse', path }] : [{ do: 'rescue', path }, ...this.#emptied(path)];
  }

  /** Something that the base has not is where the target has something. */
  #inTheWay(path: RepoPath, entry: DiskEntry | null, after: TreeEntry | null): Step[] {
    // Ignored, it is never committed: waiting for that would not end, and there are no bytes to rescue.
    if (after && this.#disk.ignored.has(path) && isVersion(entry, after, false)) return [{ do: 'set-mode', path, executable: after.mode === '100755' }];
    const away = entry?.kind === 'directory' ? this.#clear(path) : this.#takeAway(path, entry);
    return [...away, ...this.#put(path, after)];
  }

  #takeAway(path: RepoPath, entry: DiskEntry | null): Step[] {
    // What is there under another name is known, and would be waited for in vain.
    if (entry?.kind === 'other' || this.#disk.aliases?.has(path)) return [{ do: 'refuse', path }];
    if (this.#disk.ignored.has(path)) return [{ do: 'rescue', path }];
    return this.#displace(path, this.#isHeld(path));
  }

  #displace(path: RepoPath, held: boolean): Step[] {
    return [{ do: held ? 'copy-beside' : 'wait', path }];
  }

  /** Empties a directory that stands where a file is to be. What the base has in it has changes of its own. */
  #clear(directory: RepoPath): Step[] {
    const steps: Step[] = [{ do: 'remove-directory', path: directory }];
    for (const [path, entry] of this.#disk.entries) {
      if (!path.startsWith(`${directory}/`)) continue;
      if (isRepositoryDirectory(path)) return [{ do: 'refuse', path: directory }];
      if (entry.kind === 'directory') steps.push({ do: 'remove-directory', path });
      else if (!this.#changes.has(path) && this.names.at(path)) steps.push(...this.#takeAway(path, entry));
    }
    return steps;
  }

  #isHeld(path: RepoPath): boolean {
    return this.#disk.held.has(path) || ancestorsOf(path).some((ancestor) => this.#disk.held.has(ancestor));
  }

  /** A file or link that stands where the base has a directory. */
  #obstacleAbove(path: RepoPath): RepoPath | undefined {
    return ancestorsOf(path).find((ancestor) => (this.#disk.entries.get(ancestor)?.kind ?? 'directory') !== 'directory');
  }

  /** Whether something of the target is to be where this file is, or where a directory is that it lies in. */
  #mustGo(path: RepoPath): boolean {
    return this.#needed.has(path) || this.names.isNeeded(path) || ancestorsOf(path).some((ancestor) => this.#changes.get(ancestor)?.after);
  }

  /** Places it where nothing is by then, and makes sure of the directories above. */
  #put(path: RepoPath, after: TreeEntry | null): Step[] {
    if (!after) return [];
    const steps: Step[] = [after.mode === '160000' ? { do: 'make-directory', path } : { do: 'place', path, before: null, after }];
    for (const ancestor of ancestorsOf(path)) {
      const entry = this.names.at(ancestor);
      if (entry?.kind === 'directory') continue;
      steps.push({ do: 'make-directory', path: ancestor });
      if (entry && !this.#changes.has(ancestor)) steps.push(...this.#takeAway(ancestor, entry));
    }
    return steps;
  }

  /** Directories that may be empty once this path is gone, and that the target has not. */
  #emptied(path: RepoPath): Step[] {
    return ancestorsOf(path)
      .filter((ancestor) => this.#disk.entries.get(ancestor)?.kind === 'directory' && !this.#needed.has(ancestor))
      .map((ancestor) => ({ do: 'remove-directory', path: ancestor }));
  }
}
