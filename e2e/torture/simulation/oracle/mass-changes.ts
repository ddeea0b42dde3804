import type { SimulatedMachine } from '../machine.ts';
import { Violation } from '../violation.ts';
import type { HubMove } from './hub-history.ts';
import type { Objects, Tree } from './objects.ts';
import type { OwnCommits } from './own-commits.ts';

/** As the promise says it: more than so many files, and more than half of all. */
const MANY = 20;

/** Nothing leaves a machine by which most files are gone or changed at once, unless the person there agreed to it. */
export class MassChanges {
  readonly #objects: Objects;
  readonly #own: OwnCommits;
  /** What has gone once is not judged again when a hub that lost it gets it back. */
  readonly #judged = new Set<string>();
  /** By machine: how many may still go by what was agreed to. */
  readonly #agreed = new Map<SimulatedMachine, number>();

  constructor(objects: Objects, own: OwnCommits) {
    this.#objects = objects;
    this.#own = own;
  }

  /** The person on that machine lets through what is held as a mass change. */
  agree(machine: SimulatedMachine): void {
    this.#agreed.set(machine, (this.#agreed.get(machine) ?? 0) + 1);
  }

  async judge({ from, to }: Pick<HubMove, 'from' | 'to'>): Promise<void> {
    for (const { id, tree, parents } of await this.#objects.since(from === null ? [] : [from], to)) {
      const maker = this.#judged.has(id) ? null : this.#own.makerOf(id);
      const [parent] = parents;
      this.#judged.add(id);
      if (!maker || parent === undefined || parents.length > 1) continue;
      const how = massChange(await this.#objects.treeOf(parent), await this.#objects.tree(tree));
      if (how === null) continue;
      const left = this.#agreed.get(maker) ?? 0;
      if (left === 0) throw new Violation('unasked', `${maker.name} pushed ${id}, which ${how}, and nobody agreed to it`);
      this.#agreed.set(maker, left - 1);
    }
  }
}

/** In words; null: an ordinary change. What lies elsewhere by the same change was moved. */
function massChange(before: Tree, after: Tree): string | null {
  const arrived = new Set([...after].filter(([path]) => !before.has(path)).map(([, { id }]) => id));
  const gone = [...before].filter(([path, { id }]) => !after.has(path) && !arrived.has(id)).length;
  const changed = [...before].filter(([path, { id, mode }]) => after.has(path) && (after.get(path)?.id !== id || after.get(path)?.mode !== mode)).length;
  const isMass = (gone === before.size && gone > 1) || (gone + changed > MANY && (gone + changed) * 2 > before.size);
  return isMass ? `takes away ${gone} and changes ${changed} of ${before.size} files` : null;
}
