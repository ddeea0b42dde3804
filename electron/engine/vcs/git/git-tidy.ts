import { gitAtWork } from './git-locks.ts';
import type { GitRepository } from './git-repository.ts';

/** git's own rule (gc.auto): of 256 folders one is counted, and 6,700 loose objects in all are too many. */
const SAMPLE = '17';
const MOST_IN_SAMPLE = 27;
/** Git's names for what it is writing (object-file.c, index-pack.c). */
const TORN = /^tmp_(?:obj|pack|idx|rev)_/;
const LEFT_BEHIND_MS = 24 * 3_600_000;

/**
 * Packs loose objects when there are many, as git would by itself were it not told to leave that alone while we wait
 * for it. Nothing is ever pruned: what no ref reaches may still be wanted. True: it was worth it.
 */
export async function tidy(repository: GitRepository, signal: AbortSignal): Promise<boolean> {
  const { files } = repository.ports;
  const objects = `${repository.place.commonDir}/objects`;
  await removeLeftPacks(repository, `${objects}/pack`);
  const sample = (await files.stat(`${objects}/${SAMPLE}`)) ? await files.list(`${objects}/${SAMPLE}`) : [];
  if (sample.length <= MOST_IN_SAMPLE) return false;
  await repository.output(['repack', '-d', '-l', '-q'], { signal, config: [['pack.threads', '1']] });
  return true;
}

/** When we last wrote into our own directory, by the clock of the file system itself. */
export const lastWriteMs = async ({ ports, ownDirectory }: GitRepository): Promise<number> => (await ports.files.stat(ownDirectory))?.modifiedMs ?? Number.POSITIVE_INFINITY;

/**
 * After a call of ours ran out of room: what it had begun to write since `sinceMs` (`lastWriteMs`) and git leaves where
 * it is, so that trying again does not fill the disk. Nothing, while a git of the person's is at work here.
 */
export async function removeTorn(repository: GitRepository, sinceMs: number): Promise<void> {
  const { files, host } = repository.ports;
  if (host.platform !== 'linux' || (await gitAtWork(repository))) return;
  const objects = `${repository.place.commonDir}/objects`;
  for (const { name, kind } of await files.list(objects)) {
    if (kind !== 'directory' || !/^(?:[0-9a-f]{2}|pack)$/.test(name.toString('latin1'))) continue;
    const folder = `${objects}/${name.toString('latin1')}`;
    for (const entry of await files.list(folder)) {
      const file = `${folder}/${entry.name.toString('latin1')}`;
      const stat = entry.kind === 'file' && TORN.test(entry.name.toString('latin1')) ? await files.stat(file) : null;
      if (stat && stat.modifiedMs >= sinceMs) await files.remove(file);
    }
  }
}

/** Half-written packs of transfers that were killed: nothing refers to them, and they can be large. */
async function removeLeftPacks({ ports }: GitRepository, folder: string): Promise<void> {
  if (!(await ports.files.stat(folder))) return;
  for (const { name, kind } of await ports.files.list(folder)) {
    if (kind !== 'file' || !/^tmp_(?:pack|idx|rev)_/.test(name.toString('latin1'))) continue;
    const file = `${folder}/${name.toString('latin1')}`;
    const stat = await ports.files.stat(file);
    if (stat && ports.clock.now() - stat.modifiedMs > LEFT_BEHIND_MS) await ports.files.remove(file);
  }
}
