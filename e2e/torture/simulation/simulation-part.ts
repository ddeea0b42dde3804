import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { sized, type Part, type Result, type Run } from '../part.ts';
import { REGRESSIONS, regressions } from './regressions.ts';
import { simulate, type Failure } from './simulate.ts';

const OPERATIONS = 20_000;
/** A thread waits in place for each git that it starts: with so many, the processors are busy all the time. */
const THREADS_A_PROCESSOR = 4;
const MOST_THREADS = 16;

/** Random histories of two to four machines, with everything around them at fault. `file`: `playground-thread.ts`, built. */
export const simulationPart = (file: URL): Part => ({
  title: 'Simulation',
  about:
    'Two to four machines with the real engine and real git, on a clock, a bus, a watcher, processes and a disk that do what a test wants: people save, rename and delete, programs die in the middle of a write, calls of git are killed, hang or fail. ' +
    'A book that is kept outside says after every operation whether a content is gone; again and again everything is mended, and all machines must come to the same files. What it once found is played first; some histories are played twice.',
  run: (run) => simulateAll(run, file),
});

/** `LOCKSTEP_SIMULATED_OPERATIONS` and `LOCKSTEP_SIMULATION_SEED` count before what the run says. */
async function simulateAll(run: Run, file: URL): Promise<Result> {
  const seed = Number(process.env['LOCKSTEP_SIMULATION_SEED'] ?? run.seed);
  const wanted = Number(process.env['LOCKSTEP_SIMULATED_OPERATIONS'] ?? sized(OPERATIONS, run));
  const known = regressions().map(({ history }) => history);
  const threads = { file, count: Math.min(MOST_THREADS, THREADS_A_PROCESSOR * availableParallelism()) };
  const { operations, runs, saves, faults, twice, repeated, lost, failure } = await simulate({ seed, operations: wanted, known, threads, directory: run.directory, say: run.say });
  return {
    figures: [
      { name: 'seed', value: String(seed) },
      { name: 'operations', value: String(operations) },
      { name: 'histories', value: `${runs}, of which ${known.length} known from before` },
      { name: 'of them played twice', value: `${twice}; ${repeated} went the very same way again` },
      { name: 'contents saved', value: String(saves) },
      { name: 'faults that struck', value: String(faults) },
    ],
    lost,
    failures: failure ? [explained(failure)] : [],
  };
}

/** With what is needed to see it again, and the line that keeps it. */
function explained({ message, seed, history, commands, afterOperations }: Failure): string {
  const directory = 'out/torture/simulation';
  const file = join(directory, `${seed}.json`);
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, `{\n  "about": ${JSON.stringify(message.slice(0, 200))},\n  "history": ${history}\n}\n`);
  return [
    message,
    `after ${afterOperations} operations; ${commands} are enough: ${history}`,
    `again: LOCKSTEP_SIMULATION_SEED=${seed} LOCKSTEP_SIMULATED_OPERATIONS=1 npm run torture -- simulation`,
    `to play it first from now on: cp ${file} ${REGRESSIONS}/`,
  ].join('\n');
}
