import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { eachOf } from '../kills/each-of.ts';
import { sized, type Part, type Result, type Run } from '../part.ts';
import type { Simulated } from '../simulation/simulate.ts';
import { historyByHand } from './by-hand.ts';
import { plant, type PlantedBug } from './planted-bug.ts';
import { PLANTED_BUGS } from './planted-bugs.ts';

const MOST_OPERATIONS = 4_000;
const LIMIT_MS = 25 * 60_000;
const root = process.cwd();
/** Bugs to try alone, by their names. */
const ONLY = process.env['LOCKSTEP_PLANTED']?.split(',');

/** The figure that says what the simulation is worth. */
export const plantedPart: Part = {
  title: 'Planted bugs',
  about:
    'A build of its own for each of these bugs, and the same simulation on it: it must come out, and by something that one of the promises rules out. The history that shows it is made as short as can be, and then played on the program as it is, ' +
    'where nothing may be wrong with it.',
  run: catchAll,
};

interface Tried {
  readonly bug: PlantedBug;
  /** Null: it did not come to an end. */
  readonly simulated: Simulated | null;
  /** Chance did not show it: a history that was written for it did, or did not either. */
  readonly isByHand: boolean;
  /** What is wrong with the program as it is in the very history that shows the bug; null: nothing. */
  readonly withoutIt: string | null;
  readonly seconds: number;
}

async function catchAll(run: Run): Promise<Result> {
  const sound = await built('none', null);
  const all: Tried[] = [];
  await eachOf(PLANTED_BUGS.filter(({ name }) => ONLY?.includes(name) ?? true), availableParallelism(), async (bug) => {
    const tried = await tryOne(bug, sound, run);
    all.push(tried);
    run.say(`${bug.name}: ${verdict(tried)}`);
  });
  const ordered = PLANTED_BUGS.flatMap((bug) => all.filter((tried) => tried.bug === bug));
  const missed = ordered.filter((tried) => !isCaught(tried));
  return {
    figures: [{ name: 'caught', value: `${ordered.length - missed.length} of ${ordered.length}, ${ordered.filter((tried) => isCaught(tried) && !tried.isByHand).length} of them by chance` }, ...ordered.map((tried) => ({ name: `${tried.bug.name}: ${tried.bug.about}`, value: verdict(tried) }))],
    // What a planted bug loses is not the program's loss.
    lost: 0,
    failures: missed.map((tried) => `${tried.bug.name}: ${verdict(tried)} (seed ${run.seed})${tried.withoutIt === null ? '' : `: ${tried.simulated?.failure?.history ?? ''}`}`),
  };
}

async function tryOne(bug: PlantedBug, sound: string, run: Run): Promise<Tried> {
  const began = performance.now();
  const file = await built(bug.name, bug);
  let simulated = await simulation(file, run, ['--seed', String(run.seed), '--operations', String(sized(MOST_OPERATIONS, run))]);
  const byHand = simulated?.failure ? null : historyByHand(bug.name);
  if (byHand) simulated = await simulation(file, run, ['--history', JSON.stringify(byHand)]);
  const history = simulated?.failure?.history;
  const again = history === undefined ? null : await simulation(sound, run, ['--history', history]);
  return { bug, simulated, isByHand: byHand !== null, withoutIt: again?.failure?.message ?? null, seconds: Math.round((performance.now() - began) / 1000) };
}

/** Gives the file to run. */
async function built(name: string, bug: PlantedBug | null): Promise<string> {
  const outDir = join(root, 'out/torture/planted', name);
  await build({ root, configFile: false, logLevel: 'error', plugins: bug ? [plant(bug, root)] : [], build: { ssr: 'e2e/torture/planted/catch-one.ts', outDir, emptyOutDir: true, target: 'node20' } });
  return join(outDir, 'catch-one.js');
}

async function simulation(file: string, run: Run, args: readonly string[]): Promise<Simulated | null> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [file, ...args, '--directory', run.directory], { timeout: LIMIT_MS, killSignal: 'SIGKILL', maxBuffer: 1 << 26 });
    // Of our own making, a moment ago.
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Simulated;
  } catch (error) {
    run.say(String(error).slice(0, 500));
    return null;
  }
}

const isCaught = ({ simulated, withoutIt }: Tried): boolean => simulated !== null && simulated.failure !== null && withoutIt === null;

function verdict({ simulated, isByHand, withoutIt, seconds }: Tried): string {
  if (!simulated) return `did not end within ${seconds} s`;
  const { failure, operations } = simulated;
  if (!failure) return `not caught in ${operations} operations (${seconds} s)`;
  const kind = failure.message.split(':')[0] ?? '';
  if (isByHand && withoutIt === null) return `caught by hand only, in ${failure.commands} (${seconds} s): ${kind}`;
  if (withoutIt !== null) return `not caught: after ${failure.afterOperations} operations what came out (${kind}) is wrong without it as well: ${withoutIt.slice(0, 300)}`;
  return `caught after ${failure.afterOperations} operations, in ${failure.commands} (${seconds} s): ${kind}`;
}
