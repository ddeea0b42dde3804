import type { FolderSettings } from '../../../shared/settings.ts';
import { folderSettings, type EngineCore } from '../engine-core.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { LockstepError } from '../errors.ts';
import { leadsInside } from '../vcs/git/git-address.ts';
import { displayUrl, matchKey } from '../vcs/remote-url.ts';
import type { Vcs } from '../vcs/vcs.ts';
import { agreeable } from './agreed-address.ts';
import { directoryAt, refuseOverlap, wantedPath } from './folder-place.ts';

/** Where a folder lies, and where its server is. */
export function placeCommands(core: EngineCore): Pick<EngineHandlers, 'folder.locate' | 'folder.address'> {
  return {
    'folder.locate': async ({ id, path: given }) => {
      const folder = folderSettings(core, id);
      const path = await directoryAt(core, wantedPath(core, given));
      refuseOverlap(core, path, folder.id);
      const vcs = await core.repositories.open(path);
      try {
        if (!(await isSameFolder(vcs, folder))) throw new LockstepError('other-history', { path, folder: folder.name });
      } finally {
        await vcs.close();
      }
      return moveTo(core, folder, path);
    },
    'folder.address': async ({ id, url }) => {
      const folder = folderSettings(core, id);
      const address = agreeable(url.trim());
      if (address.hasPassword) throw new LockstepError('address-refused', { url: displayUrl(address.text), reason: 'holds-secret' });
      const name = folder.remote?.name ?? 'origin';
      await core.reading(folder.id, async (vcs) => {
        if (await leadsInside(core.options.ports.files, address, vcs.place)) throw new LockstepError('address-refused', { url: address.text, reason: 'inside-itself' });
        await vcs.setRemoteUrl(name, address);
      });
      await replace(core, { ...folder, remote: { name, url: address.text } });
      core.record(folder.id, { what: 'approved', why: 'asked', params: { remote: name, url: address.text } });
      askAgain(core, folder.id);
      return shown(core, folder.id);
    },
  };
}

/** A folder is known by the beginning of its history; one that has none yet, by its server. */
async function isSameFolder(vcs: Vcs, { rootCommit, remote }: FolderSettings): Promise<boolean> {
  if (rootCommit !== null) return (await vcs.commitInfo(rootCommit)) !== null;
  if (remote === null) return (await vcs.rootCommit()) === null;
  const address = await vcs.remoteUrl(remote.name);
  return address !== null && matchKey(address) === matchKey(remote.url);
}

/** The folder that was watched is closed first; whatever comes of the change, what the settings then say is watched again. */
async function moveTo(core: EngineCore, folder: FolderSettings, path: string) {
  await core.dropFolder(folder.id);
  try {
    await replace(core, { ...folder, path });
    core.record(folder.id, { what: 'located', why: 'asked', params: { path } });
  } finally {
    await core.addFolder(folderSettings(core, folder.id));
  }
  return shown(core, folder.id);
}

const replace = (core: EngineCore, changed: FolderSettings): Promise<void> =>
  core.change((settings) => ({ ...settings, folders: settings.folders.map((folder) => (folder.id === changed.id ? changed : folder)) }));

/** What stood against the old address is over; nothing else is agreed to by it. */
function askAgain(core: EngineCore, id: string): void {
  if (core.options.mode === 'offline') return;
  const runner = core.runner(id);
  runner.tell({ type: 'remote-trouble', trouble: null });
  runner.tell({ type: 'pull-wanted', why: 'asked' });
}

function shown(core: EngineCore, id: string) {
  const state = core.store.get().folders.find((folder) => folder.id === id);
  if (!state) throw new LockstepError('no-such-folder', { folder: id });
  return state;
}
