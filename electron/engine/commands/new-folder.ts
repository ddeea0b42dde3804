import { posix } from 'node:path';
import type { CommandInput } from '../../../shared/commands.ts';
import { folderOptionsSchema } from '../../../shared/folder-options.ts';
import type { FolderSettings } from '../../../shared/settings.ts';
import { nowIso, type EngineCore } from '../engine-core.ts';
import { LockstepError } from '../errors.ts';
import { leadsInside } from '../vcs/git/git-address.ts';
import { displayUrl } from '../vcs/remote-url.ts';
import type { Vcs } from '../vcs/vcs.ts';
import { agreeable } from './agreed-address.ts';
import { freeId } from './free-id.ts';
import { directoryAt, refuseOverlap, wantedPath } from './folder-place.ts';

/** Checks everything that can be wrong with a new folder, clones when asked, and gives its settings; changes none. */
export async function planFolder(core: EngineCore, input: CommandInput<'folder.add'>, signal: AbortSignal): Promise<FolderSettings> {
  const wanted = wantedPath(core, input.path);
  if (input.clone !== undefined) await cloneInto(core, { url: input.clone, path: wanted, branch: input.branch }, signal);
  const path = await directoryAt(core, wanted);
  refuseOverlap(core, path);
  const name = input.name ?? (posix.basename(path) || 'folder');
  const id = freeId(name, core.settings().folders.map((folder) => folder.id), 'folder');
  const options = folderOptionsSchema.parse(input.options);
  const vcs = await core.repositories.open(path);
  try {
    const remote = await chosenRemote(core, vcs, input.remote);
    const branch = await chosenBranch(vcs, input.branch);
    const trusted = options.trust ? await vcs.executingConfig() : null;
    const rootCommit = await vcs.rootCommit();
    return {
      id,
      name,
      path,
      vcs: vcs.kind,
      remote,
      branch,
      addedAt: nowIso(core),
      paused: input.paused ? { until: null } : null,
      rootCommit,
      trustedConfig: trusted?.digest ?? null,
      letThrough: [],
      options,
    };
  } finally {
    await vcs.close();
  }
}

async function cloneInto(core: EngineCore, { url, path, branch }: { url: string; path: string; branch: string | undefined }, signal: AbortSignal): Promise<void> {
  const address = agreeable(url);
  const { files } = core.options.ports;
  const present = await files.stat(path);
  if (present && (present.kind !== 'directory' || (await files.list(path)).length > 0)) throw new LockstepError('path-taken', { path });
  await core.repositories.clone(address, path, branch, signal);
}

async function chosenRemote(core: EngineCore, vcs: Vcs, wanted: string | undefined): Promise<FolderSettings['remote']> {
  const names = await vcs.remotes();
  if (wanted !== undefined && !names.includes(wanted)) throw new LockstepError('no-remote', { remote: wanted });
  const name = wanted ?? (names.includes('origin') ? 'origin' : names[0]);
  const url = name === undefined ? null : await vcs.remoteUrl(name);
  if (name === undefined || url === null) return null;
  const address = agreeable(url);
  if (await leadsInside(core.options.ports.files, address, vcs.place)) throw new LockstepError('address-refused', { url, reason: 'inside-itself' });
  return { name, url: displayUrl(address.text) };
}

/** The branch that is checked out: another could not be kept in step here. Throws `no-branch`. */
async function chosenBranch(vcs: Vcs, wanted: string | undefined): Promise<string | null> {
  const head = await vcs.head();
  const present = head.state === 'branch' || head.state === 'unborn' ? head.branch : null;
  if (wanted !== undefined && wanted !== present) throw new LockstepError('no-branch', { branch: wanted, ...(present === null ? {} : { present }) });
  return present;
}
