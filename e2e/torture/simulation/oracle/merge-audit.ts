import type { RepoPath } from '../../../../electron/engine/repo-path.ts';
import { parseConflictCopyName } from '../../../../electron/engine/apply/conflict-copy-name.ts';
import type { SimulatedMachine } from '../machine.ts';
import type { World } from '../world.ts';
import { Violation } from '../violation.ts';
import type { Commit, Objects, Tree } from './objects.ts';
import type { OwnCommits } from './own-commits.ts';
import { plainMerge } from './plain-merge.ts';
import type { Call, Hearing, Witness } from './witness.ts';

const GITLINK = '160000';
/** Between two doings of anybody's; each machine has a few to make of what was saved before. */
const MOST_MERGES = 30;

/** Where both sides of a merge of ours changed something, both are in what came of it; and no copy lies there for nothing. */
export class MergeAudit implements Witness {
  readonly #world: Pick<World, 'machines' | 'hubTip'>;
  readonly #objects: Objects;
  readonly #own: OwnCommits;
  #audited: string[] = [];
  readonly #made: { readonly machine: SimulatedMachine; readonly merge: string; readonly one: string; readonly other: string }[] = [];

  constructor(world: Pick<World, 'machines' | 'hubTip'>, objects: Objects, own: OwnCommits) {
    this.#world = world;
    this.#objects = objects;
    this.#own = own;
  }

  call({ machine, verb, args }: Call): Hearing | void {
    const [one, other] = args.filter((_, at) => args[at - 1] === '-p');
    if (verb !== 'commit-tree' || one === undefined || other === undefined) return;
    return (printed) => {
      if (this.#made.push({ machine, merge: printed.trim(), one, other }) < MOST_MERGES) return;
      machine.die();
      throw new Violation('restless', `${MOST_MERGES} merges were made while nobody did anything, the last by ${machine.name}`);
    };
  }

  async look(): Promise<void> {
    for (const { machine, merge, one, other } of this.#made.splice(0)) {
      if ((await this.#objects.isAncestor(one, other)) || (await this.#objects.isAncestor(other, one))) throw new Violation('restless', `${machine.name} made ${merge} of ${one} and ${other}, of which one holds the other already`);
    }
  }

  async atRest(): Promise<void> {
    const tip = this.#world.hubTip();
    if (tip === null) return;
    for (const commit of await this.#objects.since(this.#audited, tip)) if (commit.parents.length === 2 && this.#own.makerOf(commit.id)) await this.#audit(commit);
    this.#audited = [tip];
  }

  async #audit(merge: Commit): Promise<void> {
    const [one = '', other = ''] = merge.parents;
    const [tree, first, second] = [await this.#objects.tree(merge.tree), await this.#objects.treeOf(one), await this.#objects.treeOf(other)];
    const [machine] = this.#world.machines;
    if (!machine) return;
    const plain = await plainMerge(machine, one, other);
    const kept = idsOf(tree);
    const ofSides = new Set([...idsOf(first), ...idsOf(second)]);
    for (const { path, mode, id } of plain.conflicting) {
      // Where git made something of its own of a version, no side had it.
      if (mode !== GITLINK && ofSides.has(id) && !kept.has(id)) throw new Violation('dropped', `${merge.id} merges ${one} and ${other} without ${id}, one version of ${JSON.stringify(path)}`);
    }
    const contested = new Set(plain.conflicting.map(({ path }) => path));
    for (const [path, { mode, id }] of await this.#objects.tree(plain.tree)) {
      if (contested.has(path) && !ofSides.has(id) && kept.has(id)) throw new Violation('marker', `${merge.id} holds what git wrote for people to resolve, of ${JSON.stringify(path)}`);
      if (!contested.has(path) && mode !== GITLINK && ofSides.has(id) && !kept.has(id)) throw new Violation('dropped', `${merge.id} merges ${one} and ${other} without ${id}, which only one side changed, at ${JSON.stringify(path)}`);
    }
    for (const path of tree.keys()) if (!first.has(path) && !second.has(path)) checkCopy(merge.id, path, { tree, first, second });
  }
}

const idsOf = (tree: Tree): Set<string> => new Set([...tree.values()].map(({ id }) => id));

/** A copy holds one side's version of the path that it lies beside, and not the one that kept the name. */
function checkCopy(merge: string, path: string, { tree, first, second }: { readonly tree: Tree; readonly first: Tree; readonly second: Tree }): void {
  const copy = parseConflictCopyName(path as RepoPath);
  const id = tree.get(path)?.id;
  const versions = copy ? [first.get(copy.original), second.get(copy.original)].filter((entry) => entry !== undefined) : [];
  // The name of a long one is shortened, and one of a copy is the original's.
  if (!copy || versions.length === 0) return;
  if (!versions.some((version) => version.id === id)) return;
  const present = tree.get(copy.original);
  if (present?.id === id && versions.every(({ mode }) => mode === present?.mode)) throw new Violation('copies', `${merge} has ${JSON.stringify(path)} beside ${JSON.stringify(copy.original)}, which is the same`);
}
