import type { Repositories } from '../engine-core.ts';
import { LockstepError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { clone } from './clone.ts';
import { detectVcs } from './detect-vcs.ts';
import { requireGit } from './git/git-version.ts';
import { openRepository } from './open-repository.ts';
import type { CommandRunner } from './run-command.ts';

/** Opens and clones repositories with the engine's one runner of commands, so that its caps hold over all folders. */
export function repositories(ports: Ports, runner: CommandRunner, machine: () => { readonly name: string; readonly id: string }): Repositories {
  let isGitGood = false;
  return {
    open: async (path) => {
      const detected = await detectVcs(ports, path);
      if (detected.kind === 'none') throw new LockstepError('not-a-repository', { path, reason: detected.reason, ...(detected.top ? { top: detected.top } : {}) });
      // Asked once: a git that was exchanged meanwhile shows in what it says.
      if (detected.kind === 'git' && !isGitGood) await requireGit(runner, ports.host);
      isGitGood ||= detected.kind === 'git';
      return openRepository({ ports, runner }, detected, machine());
    },
    clone: (url, path, branch, signal) => clone({ ports, runner }, { url, path, branch }, signal),
  };
}
