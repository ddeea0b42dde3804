import type { Machine } from '../../../shared/app-state.ts';
import type { KnownFolders } from './known-folders.ts';
import type { HeardMachine } from './ledger.ts';

/** This machine first, then the others, the one heard last before those heard long ago. */
export function machineRoster(
  own: { readonly id: string; readonly name: string; readonly tips: Readonly<Record<string, string>> },
  heard: readonly (readonly [id: string, machine: HeardMachine])[],
  folders: KnownFolders,
): Machine[] {
  const others = [...heard].sort(([, a], [, b]) => b.at - a.at);
  return [
    { id: own.id, name: own.name, self: true, lastHeardAt: null, via: null, tips: { ...own.tips } },
    ...others.map(([id, { name, at, via, repos }]) => ({ id, name, self: false, lastHeardAt: new Date(at).toISOString(), via, tips: tipsByFolder(repos, folders) })),
  ];
}

const tipsByFolder = (repos: HeardMachine['repos'], folders: KnownFolders): Record<string, string> =>
  Object.fromEntries(Object.entries(repos).flatMap(([repo, { tip }]) => folders.byRepo(repo).map((folder) => [folder, tip] as const)));
