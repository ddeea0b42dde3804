import { readFileSync } from 'node:fs';
import type { AttachedEngine } from '../../../electron/control/attached-engine.ts';
import type { AppState } from '../../../shared/app-state.ts';
import type { Program } from './program.ts';
import type { World } from './world.ts';

/** `ended`: the program is gone; `blocked`: the limit came first. */
export type InStep = 'in-step' | 'ended' | 'blocked';

/** Work tree, branch and hub agree, nothing is to be committed, and the program says so. Looked at again at each of its states. */
export async function untilInStep(world: World, program: Program, limitMs: number): Promise<InStep> {
  const engine = await program.attached();
  if (!engine) return 'ended';
  let ended = false;
  const gone = Promise.race([program.ended, engine.lost]).then(() => {
    ended = true;
  });
  const until = performance.now() + limitMs;
  while (!ended && performance.now() < until) {
    const changed = nextState(engine, Math.min(until - performance.now(), AGAIN_MS));
    if (saysInStep(engine.store.get()) && (await isInStep(world))) return 'in-step';
    await Promise.race([changed, gone]);
  }
  return ended ? 'ended' : 'blocked';
}

/** What the program cannot know of: that the hub moved. */
const AGAIN_MS = 500;

const saysInStep = ({ folders }: AppState): boolean => folders.length > 0 && folders.every(({ phase, problem, dirty }) => (phase === 'watching' || phase === 'conflicted') && problem === null && !dirty);

async function isInStep(world: World): Promise<boolean> {
  const tips = ['hub.git', 'watched/.git'].map((place) => tipIn(world.path(place)));
  return tips[0] !== null && tips[0] === tips[1] && (await world.git('watched', 'status', '--porcelain')) === '';
}

/** Refs that have just been written are files. */
function tipIn(repository: string): string | null {
  try {
    return readFileSync(`${repository}/refs/heads/main`, 'utf8');
  } catch {
    return null;
  }
}

function nextState({ store }: AttachedEngine, limitMs: number): Promise<void> {
  const present = store.get().revision;
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(limit);
      end();
      resolve();
    };
    const limit = setTimeout(settle, limitMs);
    // Called at once with the present state, which is not the next one.
    const end = store.subscribe(({ revision }) => {
      if (revision !== present) settle();
    });
  });
}
