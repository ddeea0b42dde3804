import type { Machine } from '../machine.ts';

/** Where a folder called `name` is on every machine. */
export const folderOf = (name: string): string => `person/${name}`;

/** A hub on the first machine, and a clone of it on every machine, all at the same first commit. */
export async function shareFolder(machines: readonly [Machine, ...Machine[]], name: string, files: Readonly<Record<string, string>> = { 'start.txt': 'start\n' }): Promise<void> {
  const [host, ...others] = machines;
  const hub = host.path(`hub/${name}.git`);
  await host.git('.', 'init', '-q', '--bare', hub);
  await host.git('person', 'clone', '-q', hub, name);
  for (const [file, content] of Object.entries(files)) host.write(`${folderOf(name)}/${file}`, content);
  await host.git(folderOf(name), 'add', '-A');
  await host.git(folderOf(name), 'commit', '-qm', 'Begin');
  await host.git(folderOf(name), 'push', '-q', 'origin', 'main');
  for (const machine of others) await machine.git('person', 'clone', '-q', hub, name);
}

/** Adds the folder on a machine where nothing runs yet; quick, so that a test need not wait. */
export async function addFolder(machine: Machine, name: string, ...options: string[]): Promise<string> {
  const added = await machine.lockstep('folder', 'add', machine.path(folderOf(name)), '--commit-delay', '0.2', '--push-delay', '0', '--poll', '1', ...options);
  return added.trim();
}
