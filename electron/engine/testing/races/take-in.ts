import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Applier } from '../../apply/applier.ts';
import { createApplier } from '../../apply/work-tree-applier.ts';
import type { Ports } from '../../ports.ts';
import type { Vcs } from '../../vcs/vcs.ts';
import { filesWith } from '../apply/watched-files.ts';
import { TestMachine } from '../temp-repos.ts';
import type { RaceRepository } from './race-repository.ts';

/** What the harness is told while a version is taken in. */
export interface Onlooker {
  /** Nothing is looked at any more before it is exchanged: what is saved from now on races. */
  looked(): void;
  /** This path is exchanged next. */
  exchanging(path: string): void;
  exchanged(path: string): void;
}

/** A way to bring an incoming version into a work tree in which somebody saves. */
export interface TakeIn {
  take(from: number, to: number, onlooker: Onlooker): Promise<'taken' | 'not-now'>;
  /** What it does later about files that were written to while it went on; gives how many it found. */
  lookAgain(): Promise<number>;
  /** Whether it tells when it looks and exchanges; else a round's saves come together, at some moment while it runs. */
  readonly isWatched: boolean;
  /** Folders where bytes may lie besides the work tree. */
  readonly keeps: readonly string[];
  close(): Promise<void>;
}

const never = () => new AbortController().signal;

/** As the engine does it: its own applier, with the real repository and the real files. `change` may plant a fault in the ports. */
export async function takeInByEngine(repository: RaceRepository, directory: string, change?: (ports: Ports) => Ports): Promise<TakeIn> {
  const machine = new TestMachine('grace', `${directory}/machine`, change);
  const vcs = await machine.vcs(repository.workTree);
  const watch: { onlooker: Onlooker | null } = { onlooker: null };
  const ofWorkTree = (path: unknown): string | null => {
    const text = String(path);
    return text.startsWith(`${repository.workTree}/`) && !text.startsWith(`${vcs.ownDirectory}/`) ? text.slice(repository.workTree.length + 1) : null;
  };
  const files = filesWith(
    async (call, [from, to]) => {
      // The journal comes after the last look.
      if (call === 'writeAtomically') watch.onlooker?.looked();
      const path = call === 'rename' ? ofWorkTree(from) : call === 'link' ? ofWorkTree(to) : null;
      if (path !== null) watch.onlooker?.exchanging(path);
    },
    (call, [from, to]) => {
      const path = call === 'link' ? ofWorkTree(to) : call === 'rename' ? ofWorkTree(from) : null;
      if (path !== null) watch.onlooker?.exchanged(path);
    },
    machine.ports.files,
  );
  const applier = createApplier({ ports: { ...machine.ports, files }, vcs });
  return {
    take: async (from, to, onlooker) => {
      watch.onlooker = onlooker;
      try {
        return await apply(vcs, applier, repository.commits[from] ?? '', repository.commits[to] ?? '');
      } finally {
        watch.onlooker = null;
      }
    },
    lookAgain: async () => (await applier.recheckAsides()).copies.length,
    isWatched: true,
    keeps: [`${vcs.ownDirectory}/rescue`],
    close: () => machine.close(),
  };
}

async function apply(vcs: Vcs, applier: Applier, from: string, to: string): Promise<'taken' | 'not-now'> {
  const changes = await vcs.diff(from, to, never());
  const { outcome } = await applier.apply({ from, to, changes, machine: 'grace' }, never());
  if (outcome === 'trouble') throw new Error('no trouble was to be');
  if (outcome === 'applied') await vcs.advance({ branch: 'main', from, to, changes, why: 'pull' });
  return outcome === 'applied' ? 'taken' : 'not-now';
}

/** As most programs do it: `git merge --ff-only` in the work tree. */
export function takeInByGit(repository: RaceRepository): TakeIn {
  return {
    take: async (_, to, onlooker) => {
      onlooker.looked();
      const merge = promisify(execFile)('git', ['merge', '-q', '--ff-only', repository.commits[to] ?? ''], { cwd: repository.workTree, env: repository.env });
      const taken = await merge.then(() => true, () => false);
      for (const path of repository.paths(to)) onlooker.exchanged(path);
      return taken ? 'taken' : 'not-now';
    },
    lookAgain: () => Promise.resolve(0),
    isWatched: false,
    keeps: [],
    close: () => Promise.resolve(),
  };
}
