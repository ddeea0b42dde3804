import type { Activity } from '../../../shared/activity.ts';
import type { AppState, FolderState } from '../../../shared/app-state.ts';
import { folderSettings, type EngineCore } from '../engine-core.ts';
import type { EngineHandlers } from '../engine-face.ts';
import { deferred } from '../deferred.ts';
import type { Clock } from '../ports.ts';
import { latest, queued } from '../streams.ts';

type ProgramHandlers = Pick<EngineHandlers, 'state.get' | 'state.watch' | 'sync' | 'activity' | 'activity.follow' | 'message.submit' | 'message.postpone' | 'message.typing' | 'settings.set' | 'stop'>;

export function programCommands(core: EngineCore): ProgramHandlers {
  const runnerOf = (id: string) => core.runner(folderSettings(core, id).id);
  return {
    'state.get': async () => core.store.get(),
    'state.watch': (_input, signal) => latest<AppState>((listener) => core.store.subscribe(listener), signal),
    sync: async ({ id, timeoutS }, signal) => {
      const ids = id === undefined ? core.settings().folders.map((folder) => folder.id) : [folderSettings(core, id).id];
      const all = Promise.all(ids.map((folder) => core.runner(folder).syncNow()));
      await settled(all, core.options.ports.clock, timeoutS * 1000, signal);
      return { folders: core.store.get().folders.filter((folder: FolderState) => ids.includes(folder.id)) };
    },
    activity: ({ id, limit }) => core.activity.read(limit, id === undefined ? null : folderSettings(core, id).id),
    'activity.follow': (input, signal) => {
      const only = input.id === undefined ? null : folderSettings(core, input.id).id;
      return queued<Activity>((listener) => core.activity.follow((entry) => (only === null || entry.folder === only ? listener(entry) : undefined)), signal);
    },
    'message.submit': async ({ id, message }) => {
      runnerOf(id).tell({ type: 'message', message });
      return {};
    },
    'message.postpone': async ({ id }) => {
      runnerOf(id).tell({ type: 'message-postponed' });
      return {};
    },
    'message.typing': async ({ id, draft }) => {
      runnerOf(id).typing(draft);
      return {};
    },
    'settings.set': async ({ theme, startAtLogin }) => {
      await core.change((settings) => ({
        ...settings,
        ...(theme === undefined ? {} : { appearance: { theme } }),
        ...(startAtLogin === undefined ? {} : { startAtLogin }),
      }));
      return {};
    },
    stop: async () => {
      core.requestStop();
      return {};
    },
  };
}

/** Waits for the work, the limit or the asker's leaving; the folders' states tell which it was. */
async function settled(work: Promise<unknown>, clock: Clock, limitMs: number, signal: AbortSignal): Promise<void> {
  const over = deferred();
  const cancel = clock.after(limitMs, over.resolve);
  signal.addEventListener('abort', () => over.resolve(), { once: true });
  await Promise.race([work, over.promise]);
  cancel();
}
