import { posix } from 'node:path';
import { LockstepError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { Detected } from './detect-vcs.ts';
import { openGit } from './git/git.ts';
import { CommandRunner } from './run-command.ts';
import type { RepositoryPlace, Vcs } from './vcs.ts';

/**
 * Opens what `detectVcs` found. `runner`: the engine's, so that its caps hold over all folders; without, the repository
 * gets one of its own for as long as it is open.
 */
export async function openRepository(
  { ports, runner }: { readonly ports: Ports; readonly runner?: CommandRunner },
  detected: Exclude<Detected, { kind: 'none' }>,
  machine: { readonly name: string; readonly id: string },
): Promise<Vcs> {
  if (detected.kind === 'hg') throw new LockstepError('not-a-repository', { path: detected.place.workTree, reason: 'mercurial' });
  const { place } = detected;
  return openGit({ ports, place, ownDirectory: ownDirectory(place), machine: `${machine.name} ${machine.id}`, runner: runner ?? new CommandRunner(ports), ownsRunner: runner === undefined });
}

/** Of a linked work tree too it lies in the common directory: removing the work tree must not take what was rescued with it. */
const ownDirectory = ({ gitDir, commonDir }: RepositoryPlace): string =>
  gitDir === commonDir ? `${commonDir}/lockstep` : `${commonDir}/lockstep/worktrees/${posix.basename(gitDir)}`;
