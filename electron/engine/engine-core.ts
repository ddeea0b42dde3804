import type { Activity } from '../../shared/activity.ts';
import type { FolderState } from '../../shared/app-state.ts';
import type { FolderSettings, Settings } from '../../shared/settings.ts';
import type { ActivityLog } from './activity/activity-log.ts';
import type { EngineOptions } from './engine-face.ts';
import { LockstepError } from './errors.ts';
import type { FolderRunner } from './folder/folder-runner.ts';
import type { StateStore } from './state-store.ts';
import type { RemoteUrl } from './vcs/remote-url.ts';
import type { Vcs } from './vcs/vcs.ts';

/** Opens and makes repositories; the caller closes what it opened. */
export interface Repositories {
  /** Throws `not-a-repository` with the reason, `tool-missing`. */
  open(path: string): Promise<Vcs>;
  /** Checks out the branch given, else the remote's own. Throws `no-branch`, or the trouble that it met. */
  clone(url: RemoteUrl, path: string, branch: string | undefined, signal: AbortSignal): Promise<void>;
}

/** What the parts of the engine share: settings, state, log, and the folders. Built by `engine.ts`, used by `commands/`. */
export interface EngineCore {
  readonly options: EngineOptions;
  readonly store: StateStore;
  readonly activity: ActivityLog;
  readonly repositories: Repositories;
  settings(): Settings;
  /** Changes and saves; one change after the other. The saved settings are in force when it resolves. */
  change(edit: (settings: Settings) => Settings): Promise<void>;
  record(folder: string | null, entry: Omit<Activity, 'at' | 'folder' | 'params' | 'paths'> & Partial<Pick<Activity, 'params' | 'paths'>>): void;
  /** Starts (or, offline, only shows) a folder that is in the settings. */
  addFolder(folder: FolderSettings): Promise<FolderState>;
  dropFolder(id: string): Promise<void>;
  /** The runner of a folder that is being watched. Throws `not-running` when none is (offline). */
  runner(id: string): FolderRunner;
  /** Reads a folder's repository: the open one, or, offline, one opened for this. */
  reading<T>(id: string, work: (vcs: Vcs) => Promise<T>): Promise<T>;
  /** (Re)connects the signal links as the settings say. */
  connectSignals(): Promise<void>;
  requestStop(): void;
}

export const nowIso = (core: Pick<EngineCore, 'options'>): string => new Date(core.options.ports.clock.now()).toISOString();

/** By id, name or path, as a person may write it. Throws `no-such-folder`. */
export function folderSettings(core: Pick<EngineCore, 'settings'>, wanted: string): FolderSettings {
  const { folders } = core.settings();
  const exact = folders.find(({ id }) => id === wanted) ?? folders.find(({ path }) => path === wanted.replace(/(.)\/+$/, '$1'));
  if (exact) return exact;
  const named = folders.filter(({ name }) => name === wanted);
  const [only] = named;
  if (only && named.length === 1) return only;
  throw new LockstepError('no-such-folder', { folder: wanted });
}
