import { existsSync, realpathSync } from 'node:fs';
import type { FsPath } from '../../../../electron/engine/ports.ts';
import type { SimulatedMachine } from '../machine.ts';
import { Violation } from '../violation.ts';
import type { Call, Witness } from './witness.ts';

/** What a git does that writes a work tree, or what is the person's to decide. */
const FORBIDDEN = new Set(['checkout', 'switch', 'restore', 'reset', 'merge', 'rebase', 'pull', 'stash', 'clean', 'apply', 'am', 'cherry-pick', 'revert', 'rm', 'mv', 'checkout-index', 'gc', 'prune', 'branch', 'tag', 'init', 'clone', 'commit', 'submodule', 'worktree']);

/** A program writes into its folder, its home and, for its own locks, the hub: nowhere else, and through no link; and git writes no work tree. */
export class Outside implements Witness {
  readonly #hub: string;

  constructor(hub: string) {
    this.#hub = hub;
  }

  call({ machine, verb, args }: Call): void {
    if (FORBIDDEN.has(verb)) throw new Violation('outside', `${machine.name} calls git ${args.join(' ')}`);
  }

  change({ name, folder, homeDirectory }: SimulatedMachine, paths: readonly FsPath[]): void {
    for (const path of paths) {
      const file = (typeof path === 'string' ? Buffer.from(path) : path).toString('latin1');
      if (file.includes('/../')) throw new Violation('outside', `${name} changes ${file}`);
      if ([`${folder}/.git`, homeDirectory].some((place) => file === place || file.startsWith(`${place}/`))) continue;
      if (file.endsWith('.lock') && (file.startsWith(`${this.#hub}/`) || file.includes('/hub.git/'))) continue;
      if (!file.startsWith(`${folder}/`) || !isWithin(folder, file)) throw new Violation('outside', `${name} changes ${file}`);
    }
  }
}

/** Whether the way there leads through no link. A way that is not there leads nowhere. */
function isWithin(folder: string, file: string): boolean {
  const parent = Buffer.from(file.slice(0, file.lastIndexOf('/')), 'latin1');
  return !existsSync(parent) || realpathSync.native(parent, 'buffer').equals(parent) || parent.toString('latin1') === folder;
}
