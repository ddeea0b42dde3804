import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { twoMachines, type TwoMachines } from '../../bench/two-machines.ts';
import { remove, spread, surroundings, whenSeen } from '../../bench/surroundings.ts';
import { sized, type Part, type Result, type Run } from '../part.ts';
import { SeededRandom } from '../random.ts';
import { FolderModel } from './folder-model.ts';

const OPERATIONS = 20_000;
/** Between two looks at the other machine. */
const IN_A_ROUND = 100;
const MARK = 'round.txt';
/** Of resident memory, from the second quarter to the last. The first fills caches and lets the heap find its size. */
const ALLOWED_GROWTH = 0.1;
const ALLOWED_DESCRIPTORS = 4;

interface Sample {
  readonly residentMb: number;
  readonly descriptors: number;
}

export const soakPart: Part = {
  title: 'Soak',
  about: 'Two daemons for a long time, a person working on the one and the other in turn: what they hold in the end, and how much memory they come to need.',
  run: soak,
};

async function soak(run: Run): Promise<Result> {
  const at = surroundings();
  const model = new FolderModel(new SeededRandom(run.seed));
  const pair = await twoMachines(at, 'soak', { quietS: 0.1 });
  const rounds = Math.ceil(sized(OPERATIONS, run) / IN_A_ROUND);
  const samples: Sample[][] = pair.machines.map(() => []);
  try {
    model.save(pair.folders[0], 'start.txt');
    for (let round = 0; round < rounds; round += 1) {
      await workOn(pair, model, round);
      pair.machines.forEach((machine, index) => samples[index]?.push({ residentMb: machine.residentMb(), descriptors: machine.descriptors() }));
      if (round % 20 === 19) run.say(`${(round + 1) * IN_A_ROUND} operations, ${samples.map((each) => each.at(-1)?.residentMb.toFixed(0)).join(' and ')} MB`);
    }
    const wrong = pair.folders.flatMap((folder) => model.differences(folder).map((path) => join(folder, path)));
    const growth = samples.map(grown);
    return {
      figures: [
        { name: 'operations', value: String(rounds * IN_A_ROUND) },
        { name: 'files at the end', value: String(model.files.size) },
        ...growth.map(({ before, after }, index) => ({ name: `memory of machine ${index + 1}, second and last quarter`, value: `${before.residentMb.toFixed(0)} and ${after.residentMb.toFixed(0)} MB` })),
      ],
      lost: wrong.length,
      failures: [...wrong.map((path) => `${path} is not as it was saved`), ...growth.flatMap(({ failure }) => failure ?? [])],
    };
  } finally {
    await pair.stop();
    remove(at);
  }
}

/** One machine's turn; ends when the other machine holds all of it. */
async function workOn(pair: TwoMachines, model: FolderModel, round: number): Promise<void> {
  const [here, there] = round % 2 === 0 ? pair.folders : [pair.folders[1], pair.folders[0]];
  for (let operation = 1; operation < IN_A_ROUND; operation += 1) model.operate(here);
  model.save(here, MARK);
  const expected = model.files.get(MARK);
  await whenSeen(join(there, MARK), () => existsSync(join(there, MARK)) && readFileSync(join(there, MARK), 'utf8') === expected);
  // The mark may have come in a first commit of two.
  for (let wrong = model.differences(there); wrong.length > 0; wrong = model.differences(there)) {
    const path = join(there, wrong[0] ?? MARK);
    await pair.settle();
    if (model.differences(there).length > 0) throw new Error(`${path} did not come in round ${round}`);
  }
}

export function grown(samples: readonly Sample[]): { before: Sample; after: Sample; failure: string | null } {
  const quarter = Math.max(1, Math.floor(samples.length / 4));
  const before = middle(samples.slice(quarter, 2 * quarter));
  const after = middle(samples.slice(-quarter));
  if (after.descriptors > before.descriptors + ALLOWED_DESCRIPTORS) return { before, after, failure: `descriptors grew from ${before.descriptors} to ${after.descriptors}` };
  const isFlat = after.residentMb <= before.residentMb * (1 + ALLOWED_GROWTH);
  return { before, after, failure: isFlat ? null : `memory grew from ${before.residentMb.toFixed(0)} to ${after.residentMb.toFixed(0)} MB` };
}

const middle = (samples: readonly Sample[]): Sample => ({ residentMb: spread(samples.map(({ residentMb }) => residentMb)).median, descriptors: spread(samples.map(({ descriptors }) => descriptors)).median });
