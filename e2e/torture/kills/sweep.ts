import { join } from 'node:path';
import { shuffled } from './chance.ts';
import { eachOf } from './each-of.ts';
import { isFine, tell } from './complaints.ts';
import { killAt, type Outcome, type Stage } from './kill.ts';
import { nameOf, type Point } from './point.ts';
import { gitPoints, programPoints } from './points.ts';
import type { Product } from './product.ts';
import type { Scene } from './scene.ts';

export interface SweepOptions {
  readonly product: Product;
  readonly seed: number;
  readonly directory: string;
  /** How long the program may take to be in step again. */
  readonly limitMs: number;
  /** So many kills at once. */
  readonly lanes: number;
  readonly gitScenes: readonly Scene[];
  readonly programScenes: readonly Scene[];
  /** Of the points that were found, those at which to kill. */
  choose(points: readonly Point[]): readonly Point[];
  say(line: string): void;
}

export interface Swept {
  /** How many places there are. */
  readonly found: number;
  readonly outcomes: readonly Outcome[];
}

/** Plays each scene once to find its points, then once for every point that was chosen. */
export async function sweep(options: SweepOptions): Promise<Swept> {
  const stages = await setUp(options);
  const found = await findPoints(options, stages);
  const chosen = options.choose(shuffled(options.seed, found, nameOf));
  options.say(`${found.length} points, ${chosen.length} of them chosen`);
  const outcomes: Outcome[] = [];
  await eachOf(chosen, options.lanes, async (point, lane) => {
    const stage = stages.get(point.scene);
    if (!stage) throw new Error(`No such scene: ${point.scene}`);
    const outcome = await killAt(stage, point, join(options.directory, `lane-${lane}`));
    outcomes.push(outcome);
    if (!isFine(outcome)) options.say(tell(outcome, options.seed));
    if (outcomes.length % 50 === 0) options.say(`${outcomes.length} kills`);
  });
  for (const { template } of stages.values()) template.remove();
  return { found: found.length, outcomes };
}

async function setUp({ product, seed, limitMs, directory, lanes, gitScenes, programScenes }: SweepOptions): Promise<ReadonlyMap<string, Stage>> {
  const stages = new Map<string, Stage>();
  await eachOf([...new Set([...gitScenes, ...programScenes])], lanes, async (scene) => {
    stages.set(scene.name, { scene, template: await scene.create({ product, seed, directory: join(directory, `scene-${scene.name}`) }), product, seed, limitMs });
  });
  return stages;
}

async function findPoints({ directory, lanes, gitScenes, programScenes }: SweepOptions, stages: ReadonlyMap<string, Stage>): Promise<Point[]> {
  const points: Point[] = [];
  const searches = [...gitScenes.map((scene) => ({ scene, find: gitPoints })), ...programScenes.map((scene) => ({ scene, find: programPoints }))];
  await eachOf(searches, lanes, async ({ scene, find }, lane) => {
    const stage = stages.get(scene.name);
    if (stage) points.push(...(await find(stage, join(directory, `lane-${lane}`))));
  });
  return points;
}
