import type { SimulatedMachine } from '../machine.ts';

/** What strikes a program later, `at` so many calls from now. */
type FaultDoing = (machine: SimulatedMachine, at: number) => void;

export const faultDoings = {
  /** `kill -9` before a change of files. */
  die: ({ faults }, at) => {
    faults.deadlyChange = at;
  },
  ioError: ({ faults }, at) => {
    faults.failingChange = at;
  },
  diskFull: ({ faults }) => {
    faults.diskFull = true;
  },
  diskFreed: ({ faults }) => {
    faults.diskFull = false;
  },
  gitKilled: ({ faults }, at) => {
    faults.process = { in: at, how: 'killed' };
  },
  gitKilledAfter: ({ faults }, at) => {
    faults.process = { in: at, how: 'killed-after' };
  },
  gitHangs: ({ faults }, at) => {
    faults.process = { in: at, how: 'hangs' };
  },
  gitFails: ({ faults }, at) => {
    faults.process = { in: at, how: 'fails' };
  },
  gitRaves: ({ faults }, at) => {
    faults.process = { in: at, how: 'garbage' };
  },
} satisfies Record<string, FaultDoing>;
