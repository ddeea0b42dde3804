import type { SimulatedMachine } from '../machine.ts';
import type { TreeEntry } from './objects.ts';

interface PlainMerge {
  /** With the marks of conflicts in the files that have some. */
  readonly tree: string;
  /** The sides' versions of what conflicts; not the base's. */
  readonly conflicting: readonly (TreeEntry & { readonly path: string })[];
}

/** What plain git makes of two commits, without touching a file (git-merge-tree(1), "OUTPUT"). */
export async function plainMerge(machine: SimulatedMachine, one: string, other: string): Promise<PlainMerge> {
  const { output } = await machine.git('-c', 'merge.directoryRenames=false', 'merge-tree', '--write-tree', '-z', '--no-messages', '--allow-unrelated-histories', one, other);
  const [tree = '', ...lines] = output.split('\0');
  const conflicting = lines.flatMap((line) => {
    const [, mode = '', id = '', path = ''] = /^(\d+) ([0-9a-f]+) [23]\t(.*)$/s.exec(line) ?? [];
    return id === '' ? [] : [{ mode, id, path }];
  });
  return { tree, conflicting };
}
