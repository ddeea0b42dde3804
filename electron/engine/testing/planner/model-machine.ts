import type { RepoPath } from '../../repo-path.ts';
import type { TreeChange, TreeEntry } from '../../vcs/vcs.ts';
import { ancestorsOf } from '../../apply/ancestors.ts';
import type { planApply } from '../../apply/planner.ts';
import { MemoryDisk } from '../apply/memory-disk.ts';
import { diffTrees, sameEntry, type Tree } from '../apply/memory-tree.ts';
import { isBelowAny, type CaseMachine } from './merge-case.ts';

/** A machine as far as a plan can tell: a branch, a disk, and what it leaves out of commits. */
export class ModelMachine {
  readonly disk: MemoryDisk;
  readonly name: string;
  head: Tree;
  readonly #held: ReadonlySet<RepoPath>;
  readonly #unlooked: ReadonlySet<RepoPath>;
  readonly #ignored: readonly RepoPath[];

  constructor(machine: CaseMachine, ignored: readonly RepoPath[]) {
    this.name = machine.name;
    this.head = machine.head;
    this.disk = new MemoryDisk(machine.disk, machine);
    this.#held = new Set(machine.held);
    this.#unlooked = new Set(machine.unlooked);
    this.#ignored = ignored;
  }

  isHeld(path: RepoPath): boolean {
    return this.#held.size > 0 && (this.#held.has(path) || ancestorsOf(path).some((ancestor) => this.#held.has(ancestor)));
  }

  /** Whether the disk may differ from the head there for good. */
  isLeftAlone(path: RepoPath): boolean {
    return this.isHeld(path) || this.#unlooked.has(path) || this.disk.isOdd(path);
  }

  view(changes: readonly TreeChange[]): ReturnType<MemoryDisk['view']> {
    return this.disk.view(changes, { isIgnored: (path) => isBelowAny(path, this.#ignored), held: this.#held, unlooked: this.#unlooked });
  }

  /** Takes the disk's state into the head, less what is left alone or ignored; false: there was nothing to take. */
  commit(): boolean {
    const next = new Map<RepoPath, TreeEntry>();
    const tracked = new Set<string>();
    for (const path of this.head.keys()) {
      tracked.add(this.disk.key(path));
      const there = this.disk.at(path);
      if (there && !this.isLeftAlone(path)) next.set(path, there);
    }
    for (const [path, entry] of this.disk.leaves) {
      if (!tracked.has(this.disk.key(path)) && !this.isHeld(path) && !isBelowAny(path, this.#ignored)) next.set(path, entry);
    }
    for (const [path, entry] of this.head) if (this.isLeftAlone(path) && this.#fits(path, next)) next.set(path, entry);
    if (next.size === this.head.size && [...next].every(([path, entry]) => sameEntry(this.head.get(path), entry))) return false;
    this.head = next;
    return true;
  }

  /** Brings the disk to a tree, which is the head then. Nothing is touched unless it is `applied`. */
  take(target: Tree, plan: typeof planApply): 'applied' | 'local-changes' | 'unsupported' {
    const changes = diffTrees(this.head, target);
    const made = plan(changes, this.view(changes));
    if (made.plan !== 'operations') return made.plan;
    for (const operation of made.operations) this.disk.run(operation);
    this.head = target;
    return 'applied';
  }

  /** What is left alone keeps its entry, unless something that is not has taken its place. */
  #fits(path: RepoPath, tree: ReadonlyMap<RepoPath, TreeEntry>): boolean {
    const below = `${path}/`;
    return !ancestorsOf(path).some((ancestor) => tree.has(ancestor)) && ![...tree.keys()].some((other) => other.startsWith(below));
  }
}
