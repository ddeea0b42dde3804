import { aftermath, type Aftermath } from './aftermath.ts';
import { GitStandIn } from './git-stand-in.ts';
import { untilInStep, type InStep } from './in-step.ts';
import { Ledger } from './ledger.ts';
import { LookedOn } from './looked-on.ts';
import type { GitPoint, Point, ProgramPoint } from './point.ts';
import type { Product } from './product.ts';
import { Program } from './program.ts';
import type { Scene } from './scene.ts';
import type { World } from './world.ts';

export interface Outcome extends Aftermath {
  readonly point: Point;
  /** Where it really was; null: it never came to that, and nobody was killed. */
  readonly killedAt: string | null;
  /** From the next start of the program; where it lived on, from its first. */
  readonly backMs: number;
  /** Not in step within the limit, and what the program said to that. */
  readonly blocked: string | null;
}

/** A scene with its world ready, and the program to play it. */
export interface Stage {
  readonly scene: Scene;
  readonly template: World;
  readonly product: Product;
  readonly seed: number;
  /** How long the program may take to be in step again, by itself. */
  readonly limitMs: number;
}

/** Kills at one point, in a copy of the scene's world; lets the program go on; looks at what is left. */
export async function killAt(stage: Stage, point: Point, directory: string): Promise<Outcome> {
  const world = await stage.template.copyTo(directory);
  try {
    const ledger = new Ledger(world);
    const killed = point.victim === 'git' ? await killGit(stage, world, point) : await killProgram(stage, world, point, ledger);
    const back = killed.alive ?? (await restart(stage, world));
    const blocked = back.end === 'in-step' ? null : await complaint(back.end, back.program);
    await back.program.stop();
    return { point, killedAt: killed.at, backMs: back.ms, blocked, ...(await aftermath(world, ledger, stage.scene.vanishing)) };
  } finally {
    world.remove();
  }
}

/** The program after the kill, when it has come to rest or was given up. */
interface Back {
  readonly program: Program;
  readonly end: InStep;
  readonly ms: number;
}

interface Killed {
  readonly at: string | null;
  /** Null: it died. */
  readonly alive: Back | null;
}

const restart = (stage: Stage, world: World): Promise<Back> => comingBack(stage, world, new Program(world, stage.product.daemon));

async function comingBack({ limitMs }: Stage, world: World, program: Program): Promise<Back> {
  const began = performance.now();
  const end = await untilInStep(world, program, limitMs);
  return { program, end, ms: performance.now() - began };
}

async function killGit(stage: Stage, world: World, point: GitPoint): Promise<Killed> {
  const git = new GitStandIn(world);
  git.arm(point);
  const program = new Program(world, stage.product.daemon, git.env);
  git.program = program.pid;
  const back = await comingBack(stage, world, program);
  const at = git.killedAt();
  git.rest();
  return { at, alive: back.end === 'ended' ? null : back };
}

async function killProgram(stage: Stage, world: World, point: ProgramPoint, ledger: Ledger): Promise<Killed> {
  const eyes = new LookedOn(world);
  const program = eyes.start(stage.product);
  await play(stage, world, program, { ledger, begin: () => eyes.begin((_, count) => count === point.when) });
  await program.stop();
  await eyes.gone();
  return { at: eyes.killedAt, alive: null };
}

/** One whole scene, until all is in step or the program has ended. `begin`: called when it matters from now on. */
export async function play({ scene: { later }, seed, limitMs }: Stage, world: World, program: Program, { ledger, begin }: { ledger?: Ledger; begin(): void }): Promise<InStep> {
  if (!later) {
    begin();
    return untilInStep(world, program, limitMs);
  }
  await untilInStep(world, program, limitMs);
  const engine = await program.attached();
  if (!engine) return 'ended';
  later.save(world, seed);
  ledger?.add(world);
  begin();
  // Killed before it has answered, it leaves the question open; any other failure is one of the scene.
  const asked = await Promise.race([later.ask(world, engine, seed).then(() => null, (error: unknown) => ({ error })), program.ended]);
  const end = await untilInStep(world, program, limitMs);
  if (asked && end !== 'ended') throw asked.error;
  return end;
}

/** What the program says while it is not in step. */
async function complaint(end: InStep, program: Program): Promise<string> {
  const engine = end === 'ended' ? null : await program.attached();
  const folders = engine?.store.get().folders.map(({ name, phase, problem, dirty }) => ({ name, phase, dirty, problem }));
  return `${end}: ${folders ? JSON.stringify(folders) : program.said.slice(-1000)}`;
}
