import { folderOptionsSchema, type FolderOptions } from '../../../shared/folder-options.ts';
import type { FolderSettings } from '../../../shared/settings.ts';
import { folderSettings, type EngineCore } from '../engine-core.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { LockstepError } from '../errors.ts';
import { forgetSecret } from '../vcs/git/git-credentials.ts';
import { displayUrl } from '../vcs/remote-url.ts';
import { agreeable } from './agreed-address.ts';
import { planFolder } from './new-folder.ts';
import { asksOnlyForSecrets, letSecretsThrough } from './secret-commands.ts';

type FolderHandlers = Pick<EngineHandlers, 'folder.add' | 'folder.list' | 'folder.set' | 'folder.remove' | 'folder.pause' | 'folder.resume' | 'folder.approve' | 'folder.bring-back'>;

export function folderCommands(core: EngineCore): FolderHandlers {
  return {
    'folder.add': async (input, signal) => {
      const folder = await planFolder(core, input, signal);
      await core.change((settings) => ({ ...settings, folders: [...settings.folders, folder] }));
      core.record(folder.id, { what: 'added', why: 'asked', params: { name: folder.name } });
      return core.addFolder(folder);
    },
    'folder.list': async () => [...core.store.get().folders],
    'folder.set': async ({ id, name, remote, branch, options }) => {
      const folder = folderSettings(core, id);
      const changed: FolderSettings = {
        ...folder,
        name: name ?? folder.name,
        branch: branch === undefined ? folder.branch : await knownBranch(core, folder, branch),
        remote: remote === undefined ? folder.remote : await agreedAddress(core, folder.id, remote),
        options: mergedOptions(folder.options, options),
        trustedConfig: options.trust === undefined ? folder.trustedConfig : await agreedConfig(core, folder.id, options.trust),
      };
      await edit(core, folder.id, () => changed);
      return stateOf(core, folder.id);
    },
    'folder.remove': async ({ id }) => {
      const folder = folderSettings(core, id);
      await core.change((settings) => ({ ...settings, folders: settings.folders.filter((other) => other.id !== folder.id) }));
      await core.dropFolder(folder.id);
      await forgetPassword(core, folder);
      core.record(folder.id, { what: 'removed', why: 'asked', params: { name: folder.name } });
      return {};
    },
    'folder.pause': async ({ id, forS }) => {
      const until = forS === undefined ? null : new Date(core.options.ports.clock.now() + forS * 1000).toISOString();
      await setPaused(core, id, { until });
      return {};
    },
    'folder.resume': async ({ id }) => {
      await setPaused(core, id, null);
      return {};
    },
    'folder.approve': async ({ id, path, always }) => {
      const folder = folderSettings(core, id);
      const runner = core.runner(folder.id);
      const { problem } = runner.state;
      if (path !== undefined || asksOnlyForSecrets(problem)) {
        await letSecretsThrough(core, folder, { path, always });
        core.record(folder.id, { what: 'approved', why: 'asked', code: 'secret-found', paths: path === undefined ? [] : [path] });
        runner.goOn();
        return {};
      }
      if (problem?.code === 'remote-changed' && folder.remote) {
        const remote = await agreedAddress(core, folder.id, folder.remote.name);
        // Agreed to is what was shown. Another address since then is another question.
        if ('agreed' in problem.params && remote?.url !== problem.params['url']) {
          runner.tell({ type: 'pull-wanted', why: 'asked' });
          throw new LockstepError('remote-changed', { ...problem.params, url: remote?.url ?? '' });
        }
        await edit(core, folder.id, (settings) => ({ ...settings, remote }));
      }
      // The other repository that lies there now is the folder from here on.
      if (problem?.code === 'root-missing' && 'replaced' in problem.params) await edit(core, folder.id, (settings) => ({ ...settings, rootCommit: null }));
      core.record(folder.id, { what: 'approved', why: 'asked', ...(problem ? { code: problem.code } : {}) });
      runner.approve();
      return {};
    },
    'folder.bring-back': async ({ id }) => ({ files: await core.runner(folderSettings(core, id).id).restoreFiles() }),
  };
}

async function setPaused(core: EngineCore, id: string | undefined, paused: FolderSettings['paused']): Promise<void> {
  const chosen = id === undefined ? core.settings().folders : [folderSettings(core, id)];
  for (const folder of chosen) {
    if ((folder.paused === null) === (paused === null) && folder.paused?.until === paused?.until) continue;
    await edit(core, folder.id, (settings) => ({ ...settings, paused }));
    core.record(folder.id, { what: paused ? 'paused' : 'resumed', why: 'asked', params: paused?.until ? { until: paused.until } : {} });
  }
}

async function edit(core: EngineCore, id: string, change: (folder: FolderSettings) => FolderSettings): Promise<void> {
  await core.change((settings) => ({ ...settings, folders: settings.folders.map((folder) => (folder.id === id ? change(folder) : folder)) }));
}

/** What was kept to reach the folder's server, once no other folder needs it. */
async function forgetPassword(core: EngineCore, { remote }: FolderSettings): Promise<void> {
  if (remote === null || core.settings().folders.some((other) => other.remote?.url === remote.url)) return;
  await forgetSecret(core.options.ports, remote.url);
}

/** The remote's address as it is now; naming a remote is agreeing to it. Throws `no-remote`, `address-refused`. */
async function agreedAddress(core: EngineCore, id: string, name: string): Promise<FolderSettings['remote']> {
  const url = await core.reading(id, (vcs) => vcs.remoteUrl(name));
  if (url === null) throw new LockstepError('no-remote', { remote: name });
  return { name, url: displayUrl(agreeable(url).text) };
}

/** A branch that nobody has could never be kept in step. Throws `no-branch`. */
async function knownBranch(core: EngineCore, { id, remote }: FolderSettings, branch: string): Promise<string> {
  if (await core.reading(id, (vcs) => vcs.hasBranch(remote?.name ?? null, branch))) return branch;
  throw new LockstepError('no-branch', { branch });
}

/** To trust is to agree to what the repository would run now. */
async function agreedConfig(core: EngineCore, id: string, trust: boolean): Promise<string | null> {
  return trust ? core.reading(id, async (vcs) => (await vcs.executingConfig())?.digest ?? null) : null;
}

function mergedOptions(before: FolderOptions, changes: Partial<FolderOptions>): FolderOptions {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return folderOptionsSchema.parse({ ...before, ...given });
}

function stateOf(core: EngineCore, id: string) {
  const state = core.store.get().folders.find((folder) => folder.id === id);
  if (!state) throw new LockstepError('no-such-folder', { folder: id });
  return state;
}

