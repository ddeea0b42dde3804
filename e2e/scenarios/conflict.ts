import type { Machine } from '../machine.ts';
import { folderOf } from './shared-folder.ts';

/** Another person's hand: changes a file on a machine where nothing runs, and pushes it. */
export async function changeElsewhere(machine: Machine, name: string, file: string, content: string): Promise<void> {
  machine.write(`${folderOf(name)}/${file}`, content);
  await machine.git(folderOf(name), 'commit', '-qam', `Change ${file} elsewhere`);
  await machine.git(folderOf(name), 'push', '-q', 'origin', 'main');
}
