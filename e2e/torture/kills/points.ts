import { GitStandIn } from './git-stand-in.ts';
import { play, type Stage } from './kill.ts';
import { LookedOn } from './looked-on.ts';
import type { GitPoint, ProgramPoint } from './point.ts';
import { Program } from './program.ts';

/** Plays a scene to its end, and lists where git could have been killed in it. */
export async function gitPoints(stage: Stage, directory: string): Promise<GitPoint[]> {
  const { scene, template, product } = stage;
  const world = await template.copyTo(directory);
  const git = new GitStandIn(world);
  git.list();
  const program = new Program(world, product.daemon, git.env);
  const end = await play(stage, world, program, { begin: () => undefined });
  await program.stop();
  if (end !== 'in-step') throw new Error(`The scene ${scene.name} does not come to its end: ${end}\n${program.said}`);
  const points = git.points(scene.name);
  world.remove();
  return points;
}

/** The same for the program. */
export async function programPoints(stage: Stage, directory: string): Promise<ProgramPoint[]> {
  const { scene, template, product } = stage;
  const world = await template.copyTo(directory);
  const eyes = new LookedOn(world);
  const program = eyes.start(product);
  const end = await play(stage, world, program, { begin: () => eyes.begin() });
  await program.stop();
  if (end !== 'in-step') throw new Error(`The scene ${scene.name} does not come to its end: ${end}\n${program.said}`);
  world.remove();
  return eyes.calls.map((label, index) => ({ victim: 'program', scene: scene.name, when: index + 1, label }));
}
