import type { MirrorSettings } from '../../../shared/mirror.ts';
import { identityOf } from './endpoints.ts';
import { nowOf, storesDirectory, type MirrorDeps } from './mirror-deps.ts';
import type { RepositoryRecord } from './repository-record.ts';

/**
 * The end of a mirror: copies in a folder of the person's stay as they are and take pushes again. What it could not do for
 * one of them (a disk that is not there) keeps no other from it. Gives whether stores of our own hold old states, of which
 * nobody else may have a copy; when in doubt, they do.
 */
export async function endMirror(deps: MirrorDeps, settings: MirrorSettings, records: readonly RepositoryRecord[]): Promise<boolean> {
  let holdsBackups = false;
  for (const record of records) {
    if (record.store === '') continue;
    const store = `${storesDirectory(deps, settings)}/${record.store}`;
    if ((await deps.ports.files.stat(store)) === null) continue;
    const mirror = deps.open({ identity: identityOf(deps, settings, record), store, isLocalMirror: settings.target.kind === 'directory', source: { url: record.url, credential: null }, target: null, options: settings.options, expectedBytes: null }, null);
    if (settings.target.kind !== 'directory') {
      holdsBackups ||= await mirror.backups().then((backups) => backups.length > 0, () => true);
      continue;
    }
    await mirror.release().catch((error: unknown) => deps.ports.log.warn('a copy still refuses pushes', { store, at: nowOf(deps), error }));
  }
  return holdsBackups;
}
