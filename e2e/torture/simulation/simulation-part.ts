import { sized, type Part } from '../part.ts';
import { simulate } from './simulate.ts';

const OPERATIONS = 5_000;

/** Random histories of two to four machines, with everything around them at fault. */
export const simulationPart: Part = {
  title: 'Simulation',
  about:
    'Two to four machines with the real engine and real git, on a clock, a bus, a watcher, processes and a disk that do what a test wants: people save, rename and delete, programs die in the middle of a write, calls of git are killed, hang or fail. ' +
    'A book that is kept outside says after every operation whether a content is gone; again and again everything is mended, and all machines must come to the same files.',
  async run(run) {
    const simulated = await simulate({ ...run, operations: sized(OPERATIONS, run) });
    const { operations, runs, saves, faults, lost, failure } = simulated;
    return {
      figures: [
        { name: 'operations', value: String(operations) },
        { name: 'histories', value: String(runs) },
        { name: 'contents saved', value: String(saves) },
        { name: 'faults that struck', value: String(faults) },
      ],
      lost,
      failures: failure ? [`${failure.message}\nseed ${failure.seed}, path ${failure.path}, ${failure.commands} operations:\n${failure.history}`] : [],
    };
  },
};
