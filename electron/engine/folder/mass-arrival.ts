import type { ObjectId, TreeChange } from '../vcs/vcs.ts';
import { massChange, mayBeMassChange, touchedByTree } from './brakes.ts';
import type { FolderContext } from './folder-context.ts';

/** What is left of a folder of which most went at once, and under which name the state before is kept. */
export interface MassArrival {
  readonly changed: number;
  readonly total: number;
  readonly name: string;
}

/**
 * Most of the folder goes, or changes, with what comes in: another machine's accident looks just like that. It was held
 * and let through where it was made, or made by hand; to hold it once more on each machine would keep them apart. So it
 * is taken in, and the state before is kept whole, under rescue. Null: it is not that much.
 */
export async function keepBeforeMassArrival({ vcs }: Pick<FolderContext, 'vcs'>, before: ObjectId, changes: readonly TreeChange[], signal: AbortSignal): Promise<MassArrival | null> {
  const touched = touchedByTree(changes);
  if (!mayBeMassChange(touched)) return null;
  const total = (await vcs.diff(null, before, signal)).length;
  if (!massChange(touched, total)) return null;
  await vcs.keep(before, 'most of it goes with what comes', 'mass-change');
  const name = (await vcs.setAside()).find(({ why, commit }) => why === 'mass-change' && commit === before)?.name;
  return name === undefined ? null : { changed: touched.deleted + touched.modified, total, name };
}
