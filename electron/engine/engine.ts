import { ActivityLog } from './activity/activity-log.ts';
import { accountCommands } from './commands/account-commands.ts';
import { cancellableAdd } from './commands/cancellable-add.ts';
import { conflictCommands } from './commands/conflict-commands.ts';
import { diagnosisCommands } from './commands/diagnosis-commands.ts';
import { folderCommands } from './commands/folder-commands.ts';
import { historyCommands } from './commands/history-commands.ts';
import { mirrorCommands } from './commands/mirror-commands.ts';
import { placeCommands } from './commands/place-commands.ts';
import { programCommands } from './commands/program-commands.ts';
import { rescueCommands } from './commands/rescue-commands.ts';
import { secretCommands } from './commands/secret-commands.ts';
import { signalCommands, xmppAccount } from './commands/signal-commands.ts';
import { webhookCommands } from './commands/webhook-commands.ts';
import { deferred } from './deferred.ts';
import type { EngineCore } from './engine-core.ts';
import type { Engine, EngineHandlers, EngineOptions } from './engine-face.ts';
import { FolderSet } from './folder-set.ts';
import { HomeHealth } from './home-health.ts';
import { initialState } from './initial-state.ts';
import { MirrorSet } from './mirror/mirror-set.ts';
import { createSignals } from './signals/create-signals.ts';
import type { Signals } from './signals/signal.ts';
import { meshKeyInForce } from './signals/mesh-key.ts';
import { SettingsFile } from './settings/settings-file.ts';
import { StateStore } from './state-store.ts';
import { CommandRunner } from './vcs/run-command.ts';
import { repositories } from './vcs/repositories.ts';
import { Webhook } from './webhook/webhook.ts';

/** Network jobs at once, over all folders. */
const NETWORK_JOBS = 4;

/** Reads the home and builds everything; watches nothing before `start`. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { ports, home } = options;
  await ports.files.makeDirectories(home.directory, 0o700);
  await ports.files.makeDirectories(home.stateDirectory, 0o700);
  const file = new SettingsFile(ports.files, home.settingsFile);
  const loaded = await file.load(ports.host, ports.random, ports.clock.now());
  let settings = loaded.settings;
  // What only reads writes nothing, and a full disk keeps nobody from starting.
  if (loaded.isNew && (options.mode === 'running' || loaded.damaged)) await file.save(settings);
  const activity = new ActivityLog(ports.files, home.activityFile, (error) => health.met(error));
  await activity.open();
  const since = new Date(ports.clock.now()).toISOString();
  const { damaged } = loaded;
  const problems = damaged ? [{ code: 'settings-damaged' as const, params: { kept: damaged.kept, ...(damaged.restored ? { restored: damaged.restored } : {}) }, since }] : [];
  const store = new StateStore(initialState(options, settings, activity.recent, problems));
  const health = new HomeHealth(ports, home.directory, (was, is) => store.update((state) => ({ problems: [...state.problems.filter((problem) => problem !== was), ...(is ? [is] : [])] })));
  const commands = new CommandRunner(ports, { networkJobs: NETWORK_JOBS });
  const stopRequested = deferred();
  let saving: Promise<void> = Promise.resolve();
  let stopped = false;

  const core: EngineCore = {
    options,
    store,
    activity,
    repositories: repositories(ports, commands, () => settings.machine),
    settings: () => settings,
    change: (edit) => {
      const mine = saving.then(async () => {
        const before = settings;
        const changed = edit(before);
        await file.save(changed).catch((error: unknown) => {
          health.met(error);
          throw error;
        });
        settings = changed;
        store.update(() => ({ appearance: changed.appearance, startAtLogin: changed.startAtLogin }));
        await folders.settingsChanged(before, changed);
      });
      saving = mine.catch(() => undefined);
      return mine;
    },
    record: (folder, entry) => {
      activity.record({ at: new Date(ports.clock.now()).toISOString(), folder, params: {}, paths: [], ...entry });
      store.update(() => ({ recent: [...activity.recent] }));
    },
    addFolder: (folder) => folders.add(folder),
    dropFolder: (id) => folders.drop(id),
    runner: (id) => folders.runner(id),
    reading: (id, work) => folders.reading(id, work),
    connectSignals: async () => {
      if (options.mode === 'offline') return store.update(() => ({ signal: initialState(options, settings, [], []).signal }));
      const account = await xmppAccount(core);
      const meshKey = await meshKeyInForce(ports.secrets, ports.random, account);
      await signals.configure(settings.signal, { xmppPassword: account?.password ?? null, meshKey });
    },
    requestStop: stopRequested.resolve,
  };
  const signals = createSignals({
    ports,
    machine: settings.machine,
    stateFile: `${home.stateDirectory}/signals.json`,
    events: {
      rang: (ring) => folders.rang(ring),
      connected: (via) => folders.pullAll(via),
      changed: (signal, machines) => store.update(() => ({ signal, machines: [...machines] })),
    },
  });
  const folders = new FolderSet(core, signals);
  const mirrors = new MirrorSet(core, commands);
  const webhook = new Webhook(core, (delivery, verdict) => mirrors.rang(delivery, verdict));
  const handlers: EngineHandlers = {
    ...cancellableAdd(folderCommands(core)),
    ...placeCommands(core),
    ...historyCommands(core),
    ...conflictCommands(core),
    ...rescueCommands(core),
    ...secretCommands(core),
    ...signalCommands(core),
    ...programCommands(core),
    ...accountCommands(core, mirrors),
    ...mirrorCommands(core, mirrors),
    ...webhookCommands(core, webhook),
    ...diagnosisCommands(core),
  };
  await mirrors.open();
  if (options.mode === 'offline') await folders.showUnwatched();

  return {
    store,
    handlers,
    stopRequested: stopRequested.promise,
    start: async () => {
      await startSignals(core, signals, () => stopped);
      await folders.start(settings.folders);
      await webhook.start();
      mirrors.start();
      store.update(() => ({ ready: true }));
    },
    stop: async () => {
      stopped = true;
      health.close();
      await Promise.all([folders.stop(), signals.close(), mirrors.stop(), webhook.close()]);
      await commands.stopAll();
      await saving;
      await activity.close();
    },
    wake: () => {
      folders.wake();
      mirrors.wake();
    },
  };
}

const SIGNALS_AGAIN_MS = 15_000;

/** A port that is taken or a file that is gone keeps the signals down, never the folders; it is shown, and tried again. */
async function startSignals(core: EngineCore, signals: Signals, isStopped: () => boolean): Promise<void> {
  const { ports } = core.options;
  try {
    await core.connectSignals();
  } catch (error) {
    if (isStopped()) return;
    ports.log.warn('signals could not start', { error: String(error) });
    const { signal } = initialState(core.options, core.settings(), [], []);
    const { portTaken } = signals.status().fanout;
    core.store.update(() => ({ signal: { ...signal, fanout: { ...signal.fanout, ...(portTaken === undefined ? {} : { portTaken }) } } }));
    ports.clock.after(SIGNALS_AGAIN_MS, () => void startSignals(core, signals, isStopped));
  }
}

