import type { ProcessFault } from '../faults.ts';
import type { SimulatedMachine } from '../machine.ts';

/** What strikes a program later: `at` so many calls from now, or (named so) at a place that `at` tells. */
type FaultDoing = (machine: SimulatedMachine, at: number) => void;

/** Everything by which a program changes a repository, or asks for what it goes on with; the oftener, the more may go wrong there. */
const VERBS = ['update-ref', 'push', 'commit-tree', 'update-ref', 'fetch', 'add', 'update-ref', 'write-tree', 'push', 'fetch', 'merge-tree', 'status', 'update-index', 'diff-tree'] as const;

/** What a program changes: the person's files, what it applies, what it knows of its locks and of the remote, the person's index, its home. */
const PLACES: readonly RegExp[] = [/^(?!.*\/(?:\.git|home-\w+)\/)/, /\/lockstep\/apply\//, /\/lockstep\/[\w-]+(?:\.json|-tip)\b/, /\/\.git\/index(?:\.lock)?$/, /\/home-\w+\//];

/** The next such call, or one of those after it. */
const nthOf = <T>(all: readonly T[], at: number): { readonly at: T; after: number } => ({ at: all[at % all.length] as T, after: Math.floor(at / all.length / 2) });

const toGit = (how: ProcessFault): FaultDoing => ({ faults }, at) => {
  faults.process = { after: at, how };
};

const toGitAt = (how: ProcessFault): FaultDoing => ({ faults }, at) => {
  faults.comesBack = at % 3 > 0;
  faults.process = { ...nthOf(VERBS, at), how };
};

export const faultDoings = {
  /** `kill -9` before a change of files. */
  die: ({ faults }, at) => {
    faults.comesBack = at % 3 > 0;
    faults.deadlyChange = { after: at };
  },
  dieAt: ({ faults }, at) => {
    faults.comesBack = at % 3 > 0;
    faults.deadlyChange = nthOf(PLACES, at);
  },
  ioError: ({ faults }, at) => {
    faults.failingChange = { after: at };
  },
  ioErrorAt: ({ faults }, at) => {
    faults.failingChange = nthOf(PLACES, at);
  },
  diskFull: ({ faults }) => {
    faults.diskFull = true;
  },
  diskFreed: ({ faults }) => {
    faults.diskFull = false;
  },
  gitKilled: toGit('killed'),
  gitKilledAfter: toGit('killed-after'),
  gitHangs: toGit('hangs'),
  gitFails: toGit('fails'),
  gitRaves: toGit('garbage'),
  gitKilledAt: toGitAt('killed'),
  gitKilledAfterAt: toGitAt('killed-after'),
  gitFailsAt: toGitAt('fails'),
  /** Both at once, as when the power goes: git in the middle of its work, the program with it. */
  crashAt: toGitAt('crash'),
  /** The program dies before it hears what git has done. */
  crashAfterAt: toGitAt('crash-after'),
} satisfies Record<string, FaultDoing>;
