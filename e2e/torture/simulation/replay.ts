import { Step, type History, type Model } from './history.ts';
import type { Template } from './template.ts';
import { World } from './world.ts';

/** A history that failed, and how. */
export interface Replayed {
  readonly message: string;
  /** How many operations had begun. */
  readonly after: number;
}

/** Plays a whole history, and stabilizes at its end; null: nothing was wrong with it. */
export async function replay(template: Template, { seed, machines, operations }: History): Promise<Replayed | null> {
  const world = await World.of(template, { seed, machines });
  const model: Model = { done: [] };
  try {
    for (const operation of operations) await new Step(operation).run(model, world);
    if (operations.at(-1)?.do !== 'stabilize') await new Step({ do: 'stabilize' }).run(model, world);
  } catch (error) {
    await world.close().catch(() => undefined);
    return { message: error instanceof Error ? error.message : String(error), after: model.done.length };
  }
  await world.close();
  return null;
}
