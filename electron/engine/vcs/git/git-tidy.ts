import type { GitRepository } from './git-repository.ts';

/** git's own rule (gc.auto): of 256 folders one is counted, and 6,700 loose objects in all are too many. */
const SAMPLE = '17';
const MOST_IN_SAMPLE = 27;
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
