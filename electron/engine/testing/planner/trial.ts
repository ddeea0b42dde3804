import { phaseOf, PHASES, type Operation } from '../../apply/operation.ts';
import type { Plan, planApply } from '../../apply/planner.ts';
import type { TreeChange } from '../../vcs/vcs.ts';
import type { MemoryDisk } from '../apply/memory-disk.ts';
import { diffTrees, type Tree } from '../apply/memory-tree.ts';
import { letConverge, type Ending } from './converge.ts';
import { Draw } from './draw.ts';
import type { CaseMachine, MergeCase } from './merge-case.ts';
import type { Merged, mergeTrees } from './merge-trees.ts';
import { ModelMachine } from './model-machine.ts';

/** What is tried: the engine's own, or one with a fault planted in it. */
export interface Tried {
  readonly plan: typeof planApply;
  readonly merge: typeof mergeTrees;
}

/** One case on its way through the properties, with what several of them need. */
export class Trial {
  readonly given: MergeCase;
  readonly tried: Tried;
  readonly merged: Merged;
  /** From Ada's head to the merge. */
  readonly changes: readonly TreeChange[];
  readonly plan: Plan;
  #ending: Ending | null = null;

  constructor(given: MergeCase, tried: Tried) {
    this.given = given;
    this.tried = tried;
    const { base, ada, grace } = given;
    this.merged = tried.merge(base, { tree: ada.head, machine: ada.name }, { tree: grace.head, machine: grace.name });
    this.changes = diffTrees(ada.head, this.merged.tree);
    this.plan = this.planOn(this.machine());
  }

  get target(): Tree {
    return this.merged.tree;
  }

  /** Where both machines come to. */
  get ending(): Ending {
    return (this.#ending ??= letConverge(this));
  }

  /** Empty where nothing is to be done now. */
  get operations(): readonly Operation[] {
    return this.plan.plan === 'operations' ? this.plan.operations : [];
  }

  /** As it is before the merge comes; Ada's unless another is asked for. */
  machine(which: CaseMachine = this.given.ada): ModelMachine {
    return new ModelMachine(which, this.given.ignored);
  }

  planOn(machine: ModelMachine, changes = this.changes): Plan {
    return this.tried.plan(changes, machine.view(changes));
  }

  /** Choices that belong to the case, but are no part of it: orders, where to stop. */
  draw(salt: number): Draw {
    return new Draw(this.changes.length * 31 + this.operations.length, salt);
  }
}

export function runAll(disk: MemoryDisk, operations: readonly Operation[]): MemoryDisk {
  for (const operation of operations) disk.run(operation);
  return disk;
}

/** Directories come in a sequence of their own; everything else of a phase may be done in any. */
export const shuffledWithinPhases = (operations: readonly Operation[], draw: Draw): Operation[] =>
  PHASES.flatMap((phase) => {
    const ofPhase = operations.filter((operation) => phaseOf(operation) === phase);
    return phase === 'remove-directories' || phase === 'make-directories' ? ofPhase : draw.shuffled(ofPhase);
  });
