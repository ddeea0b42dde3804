import type { FolderState } from '../../shared/app-state.ts';
import type { FolderSettings, Settings } from '../../shared/settings.ts';
import type { EngineCore } from './engine-core.ts';
import { LockstepError } from './errors.ts';
import { FolderRunner } from './folder/folder-runner.ts';
import { openFolder } from './folder/open-folder.ts';
import type { RunnerDeps } from './folder/runner-deps.ts';
import { unwatchedState } from './folder/unwatched-state.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { createSecretCheck } from './secrets/secret-check.ts';
import type { KnownFolder, Ring, Signals } from './signals/signal.ts';
import type { Vcs } from './vcs/vcs.ts';

/** A pause that is over, while the settings cannot be saved. */
const RESUME_AGAIN_MS = 15_000;

/** All folders of the home: their runners, what they publish, and the signals that concern them. */
export class FolderSet {
  readonly #core: EngineCore;
  readonly #signals: Signals;
  readonly #runners = new Map<string, FolderRunner>();
  readonly #known = new Map<string, KnownFolder>();
  readonly #resumes = new Map<string, () => void>();
  readonly #queue = new KeyedQueue();
  readonly #secrets = createSecretCheck();

  constructor(core: EngineCore, signals: Signals) {
    this.#core = core;
    this.#signals = signals;
  }

  async start(folders: readonly FolderSettings[]): Promise<void> {
    await Promise.all(folders.map((folder) => this.add(folder)));
  }

  async stop(): Promise<void> {
    for (const cancel of this.#resumes.values()) cancel();
    await Promise.all([...this.#runners.values()].map((runner) => runner.stop()));
  }

  /** Watches a folder of the settings; offline it is only shown. */
  async add(folder: FolderSettings): Promise<FolderState> {
    if (this.#core.options.mode === 'offline') {
      await this.showUnwatched();
      return this.#shown(folder.id);
    }
    const runner = new FolderRunner(folder, this.#deps(folder.id));
    this.#runners.set(folder.id, runner);
    this.#publish(runner.state);
    this.#resumeLater(folder);
    await runner.start();
    return runner.state;
  }

  async drop(id: string): Promise<void> {
    this.#resumes.get(id)?.();
    const runner = this.#runners.get(id);
    this.#runners.delete(id);
    this.#known.delete(id);
    this.#signals.setFolders([...this.#known.values()]);
    await runner?.stop();
    this.#core.store.update(({ folders }) => ({ folders: folders.filter((folder) => folder.id !== id) }));
  }

  runner(id: string): FolderRunner {
    const runner = this.#runners.get(id);
    if (!runner) throw new LockstepError(this.#core.options.mode === 'offline' ? 'not-running' : 'no-such-folder', { folder: id });
    return runner;
  }

  async reading<T>(id: string, work: (vcs: Vcs) => Promise<T>): Promise<T> {
    const open = this.#runners.get(id)?.folder?.context.vcs;
    if (open) return work(open);
    const folder = this.#core.settings().folders.find((settings) => settings.id === id);
    if (!folder) throw new LockstepError('no-such-folder', { folder: id });
    const vcs = await this.#core.repositories.open(folder.path);
    try {
      return await work(vcs);
    } finally {
      await vcs.close();
    }
  }

  async settingsChanged(before: Settings, after: Settings): Promise<void> {
    for (const folder of after.folders) {
      if (before.folders.includes(folder)) continue;
      this.#resumeLater(folder);
      await this.#runners.get(folder.id)?.settingsChanged(folder);
    }
    if (this.#core.options.mode === 'offline') await this.showUnwatched();
  }

  rang(ring: Ring): void {
    const runner = this.#runners.get(ring.folder);
    if (!runner || (ring.tip !== null && ring.tip === runner.state.head)) return;
    this.#core.record(ring.folder, { what: 'signal', why: ring.via, ...(ring.machine ? { machine: ring.machine.name } : {}), ...(ring.tip ? { commit: ring.tip } : {}) });
    runner.tell({ type: 'pull-wanted', why: ring.via });
  }

  /** After a link came up: what was announced meanwhile is lost. */
  pullAll(why: 'xmpp' | 'fanout'): void {
    for (const runner of this.#runners.values()) runner.tell({ type: 'pull-wanted', why });
  }

  /** After sleep, or when the clock was set: nothing was seen meanwhile, and timers stood. */
  wake(): void {
    for (const folder of this.#core.settings().folders) this.#resumeLater(folder);
    for (const runner of this.#runners.values()) {
      runner.tell({ type: 'look-wanted' });
      runner.tell({ type: 'pull-wanted', why: 'wake' });
    }
  }

  /** Offline: what can be known of the folders without watching them. */
  async showUnwatched(): Promise<void> {
    const { folders } = this.#core.settings();
    const states = await Promise.all(folders.map((folder) => unwatchedState(folder, this.#core)));
    this.#core.store.update(() => ({ folders: states }));
  }

  #deps(id: string): RunnerDeps {
    const core = this.#core;
    const { ports } = core.options;
    return {
      ports,
      open: (side, signal) =>
        openFolder(
          {
            ports,
            machine: core.settings().machine,
            record: (entry) => core.record(id, entry),
            secrets: this.#secrets,
            openRepository: (path) => core.repositories.open(path),
            known: (folder) => this.#know(folder),
            announce: (tip) => this.#signals.announce({ folder: id, tip }),
          },
          side,
          signal,
        ),
      exclusively: (commonDir, work) => this.#queue.run(commonDir, work),
      linked: () => {
        const { xmpp, fanout } = this.#signals.status();
        return xmpp.state === 'online' || fanout.state === 'online';
      },
      publish: (state) => this.#publish(state),
      record: (entry) => core.record(id, entry),
    };
  }

  /**
   * Tells the signal links, and remembers the beginning of its history once there is one: another repository in its place
   * has another, and may be what was looked at just now.
   */
  #know(known: KnownFolder): void {
    this.#known.set(known.folder, known);
    this.#signals.setFolders([...this.#known.values()]);
    const { root } = known;
    const before = this.#core.settings().folders.find(({ id }) => id === known.folder);
    if (root === null || before?.rootCommit !== null) return;
    const changed = this.#core.change((settings) => ({ ...settings, folders: settings.folders.map((folder) => (folder.id === known.folder ? { ...folder, rootCommit: root } : folder)) }));
    changed.catch((error: unknown) => this.#core.options.ports.log.warn('the settings were not saved', { error: String(error) }));
  }

  /** In the order of the settings, whatever came first. */
  #publish(state: FolderState): void {
    this.#core.store.update(({ folders }) => {
      if (!this.#runners.has(state.id)) return {};
      const index = folders.findIndex(({ id }) => id === state.id);
      return { folders: index < 0 ? this.#inOrder([...folders, state]) : folders.with(index, state) };
    });
  }

  #inOrder(folders: readonly FolderState[]): FolderState[] {
    const places = new Map(this.#core.settings().folders.map(({ id }, place) => [id, place]));
    return [...folders].sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
  }

  #shown(id: string): FolderState {
    const state = this.#core.store.get().folders.find((folder) => folder.id === id);
    if (!state) throw new LockstepError('no-such-folder', { folder: id });
    return state;
  }

  #resumeLater(folder: FolderSettings): void {
    this.#resumes.get(folder.id)?.();
    this.#resumes.delete(folder.id);
    const until = folder.paused?.until;
    if (!until || this.#core.options.mode === 'offline') return;
    const { clock } = this.#core.options.ports;
    const resume = () => {
      const changed = this.#core.change((settings) => ({ ...settings, folders: settings.folders.map((other) => (other.id === folder.id ? { ...other, paused: null } : other)) }));
      changed.then(
        () => this.#core.record(folder.id, { what: 'resumed', why: 'rule' }),
        () => this.#resumes.set(folder.id, clock.after(RESUME_AGAIN_MS, resume)),
      );
    };
    this.#resumes.set(folder.id, clock.after(Math.max(0, Date.parse(until) - clock.now()), resume));
  }
}
