import { appendFileSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXECUTING_KEYS, HOOKS, POISONED_ATTRIBUTES, type ExecutingKey } from './executing-keys.ts';

/** Where a repository's configuration can stand. */
export const CONFIG_PLACES = ['config', 'config.worktree', 'included', 'included from the work tree', 'included on a branch', 'included where a remote is'] as const;
export type ConfigPlace = (typeof CONFIG_PLACES)[number];

export interface Poison {
  /** The top of the work tree, and a folder outside it for the canaries. */
  readonly path: string;
  readonly canaries: string;
  /** The remote's address. */
  readonly hub: string;
  readonly keys?: readonly ExecutingKey[];
  readonly place?: ConfigPlace;
  readonly hooks?: boolean;
}

/** Names of the canaries that were left: what has run. */
export const whatRan = (canaries: string): string[] => readdirSync(canaries).sort();

/** A repository whose own configuration, attributes and hooks would run something at every turn. */
export function poison({ path, canaries, hub, keys = EXECUTING_KEYS, place = 'config', hooks = true }: Poison): void {
  const config = keys.map(({ name, lines }) => lines.replaceAll('RUN', program(canaries, name)).replaceAll('HUB', hub)).join('\n');
  writeConfig(path, place, `${config}\n[core]\n\tworktree = ${join(dirname(canaries), 'elsewhere')}\n`);
  mkdirSync(join(path, '.git/info'), { recursive: true });
  writeFileSync(join(path, '.git/info/attributes'), POISONED_ATTRIBUTES);
  if (hooks) for (const directory of ['hooks', 'other-hooks']) writeHooks(join(path, '.git', directory), canaries, directory);
  if (hooks) appendFileSync(join(path, '.git/config'), `[core]\n\thooksPath = ${join(path, '.git/other-hooks')}\n`);
}

/** A program that leaves a canary of its name. It lies beside them. */
function program(canaries: string, name: string, directory = `${canaries}-programs`): string {
  mkdirSync(canaries, { recursive: true });
  mkdirSync(directory, { recursive: true });
  const file = join(directory, name);
  writeFileSync(file, `#!/bin/sh\ntouch '${join(canaries, name)}'\n`, { mode: 0o755 });
  return file;
}

function writeHooks(directory: string, canaries: string, label: string): void {
  for (const hook of HOOKS) renameSync(program(canaries, `${label} ${hook}`, directory), join(directory, hook));
}

function writeConfig(path: string, place: ConfigPlace, text: string): void {
  const git = join(path, '.git');
  const own = join(git, 'config');
  switch (place) {
    case 'config':
      return appendFileSync(own, text);
    case 'config.worktree':
      appendFileSync(own, '[extensions]\n\tworktreeConfig = true\n');
      return writeFileSync(join(git, 'config.worktree'), text);
    case 'included':
      appendFileSync(own, '[include]\n\tpath = more.inc\n');
      return writeFileSync(join(git, 'more.inc'), text);
    case 'included from the work tree':
      appendFileSync(own, '[include]\n\tpath = ../settings.gitconfig\n');
      return writeFileSync(join(path, 'settings.gitconfig'), text);
    case 'included on a branch':
      appendFileSync(own, '[includeIf "onbranch:main"]\n\tpath = branch.inc\n');
      return writeFileSync(join(git, 'branch.inc'), text);
    case 'included where a remote is':
      appendFileSync(own, '[includeIf "hasconfig:remote.*.url:**"]\n\tpath = remote.inc\n');
      // Addresses of remotes may not stand there: git would not read on.
      return writeFileSync(join(git, 'remote.inc'), text.replace(/^\turl = .*\n/gm, ''));
  }
}
