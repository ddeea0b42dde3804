import type { AsyncCommand } from 'fast-check';
import type { Operation } from './operation.ts';
import { perform } from './perform.ts';
import type { World } from './world.ts';

/** A whole history: what is needed to see it again. */
export interface History {
  /** Of everything that the world draws: the order of answers, which events are lost, what is written. */
  readonly seed: number;
  readonly machines: number;
  readonly operations: readonly Operation[];
}

/** What was done so far. No winners are predicted: the book and the invariants are the model. */
export interface Model {
  readonly done: Operation[];
}

/** One operation, as fast-check runs, counts and drops it. */
export class Step implements AsyncCommand<Model, World> {
  readonly #operation: Operation;

  constructor(operation: Operation) {
    this.#operation = operation;
  }

  /** Everything can happen at any time. */
  check(): boolean {
    return true;
  }

  async run(model: Model, world: World): Promise<void> {
    model.done.push(this.#operation);
    await perform(world, this.#operation);
  }

  toString(): string {
    return JSON.stringify(this.#operation);
  }
}
