import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { sized, type Part, type Result, type Run } from '../part.ts';
import type { Simulated } from '../simulation/simulate.ts';
import { plant, type PlantedBug } from './planted-bug.ts';
import { PLANTED_BUGS } from './planted-bugs.ts';

const MOST_OPERATIONS = 4_000;
const LIMIT_MS = 15 * 60_000;
const root = process.cwd();

/** The figure that says what the simulation is worth. */
export const plantedPart: Part = {
  title: 'Planted bugs',
  about: 'A build of its own for each of these bugs, and the same simulation on it: it must come out, and by something that one of the promises rules out. How long it takes includes making the history that shows it as short as can be.',
  run: catchAll,
};

interface Tried {
  readonly bug: PlantedBug;
  readonly simulated: Simulated;
  readonly seconds: number;
}

async function catchAll(run: Run): Promise<Result> {
  const caught: Tried[] = [];
  for (const bug of PLANTED_BUGS) {
    const began = performance.now();
    const tried = { bug, simulated: await simulateWith(bug, run), seconds: Math.round((performance.now() - began) / 1000) };
    caught.push(tried);
    run.say(`${bug.name}: ${verdict(tried)}`);
  }
  const missed = caught.filter(({ simulated }) => simulated.failure === null);
  return {
    figures: [{ name: 'caught', value: `${caught.length - missed.length} of ${caught.length}` }, ...caught.map((tried) => ({ name: `${tried.bug.name}: ${tried.bug.about}`, value: verdict(tried) }))],
    // What a planted bug loses is not the program's loss.
    lost: 0,
    failures: missed.map(({ bug, simulated }) => `${bug.name} was not caught in ${simulated.operations} operations (seed ${run.seed})`),
  };
}

async function simulateWith(bug: PlantedBug, run: Run): Promise<Simulated> {
  const outDir = join(root, 'out/torture/planted', bug.name);
  await build({ root, configFile: false, logLevel: 'error', plugins: [plant(bug, root)], build: { ssr: 'e2e/torture/planted/catch-one.ts', outDir, emptyOutDir: true, target: 'node20' } });
  const args = [join(outDir, 'catch-one.js'), '--seed', String(run.seed), '--operations', String(sized(MOST_OPERATIONS, run)), '--directory', run.directory];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: LIMIT_MS, killSignal: 'SIGKILL', maxBuffer: 1 << 26 });
  // Of our own making, a moment ago.
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Simulated;
}

function verdict({ simulated: { failure, operations }, seconds }: Tried): string {
  if (!failure) return `not caught in ${operations} operations`;
  return `caught after ${failure.afterOperations} operations, in ${failure.commands} (${seconds} s): ${failure.message.split(':')[0] ?? ''}`;
}
