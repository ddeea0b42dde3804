import type { Mirror, MirrorSettings } from '../../../shared/mirror.ts';
import { LockstepError } from '../errors.ts';
import type { EngineCore } from '../engine-core.ts';
import { KeyedQueue } from '../keyed-queue.ts';
import type { CommandRunner } from '../vcs/run-command.ts';
import { Semaphore } from '../vcs/semaphore.ts';
import { hookUrl, WEBHOOK_SECRET } from '../webhook/webhook.ts';
import { Accounts } from './accounts.ts';
import { concernedBy, type Delivery, type Verdict } from './delivery.ts';
import type { HookAddress } from './hook-keeper.ts';
import { recordsFile, type MirrorDeps } from './mirror-deps.ts';
import { MirrorRepositories } from './mirror-repositories.ts';
import { MirrorRunner } from './mirror-runner.ts';
import { shown } from './mirror-summary.ts';
import { MirrorTools } from './mirror-tools.ts';
import { RepositoryMirror } from './repository-mirror.ts';

/** Repositories at work at once, over all mirrors: each has one process of git at a time. */
const AT_ONCE = 4;
/** Thousands of repositories change quickly while a run is on; hosts are told so often at most. */
const TELL_EVERY_MS = 200;

/** All mirrors of the home: their runners, and what they publish. */
export class MirrorSet {
  readonly accounts: Accounts;
  readonly #core: EngineCore;
  readonly #deps: MirrorDeps;
  readonly #runners = new Map<string, MirrorRunner>();
  #cancelTell: (() => void) | null = null;
  #stopped = false;

  constructor(core: EngineCore, runner: CommandRunner) {
    const { ports, home } = core.options;
    this.#core = core;
    this.accounts = new Accounts(ports, () => core.settings().accounts);
    const directory = `${home.stateDirectory}/mirrors`;
    const tools = new MirrorTools({ ports, runner, scratch: `${directory}/scratch` });
    this.#deps = {
      ports,
      accounts: this.accounts,
      directory,
      queue: new KeyedQueue(),
      places: new Semaphore(AT_ONCE),
      open: (pair, seen) => new RepositoryMirror(tools, pair, seen),
      takenBeside: (settings) => this.#takenBeside(settings),
      hookAddress: () => this.#hookAddress(),
      record: (entry) => core.record(null, entry),
    };
  }

  /** Reads what is remembered, so that it is shown; nothing runs before `start`. */
  async open(): Promise<void> {
    for (const settings of this.#core.settings().mirrors) await this.#read(settings);
    this.#tell();
  }

  start(): void {
    for (const runner of this.#runners.values()) runner.start();
    this.#tell();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTell?.();
    await Promise.all([...this.#runners.values()].map((runner) => runner.stop()));
  }

  /** After sleep: what is overdue by now runs soon. */
  wake(): void {
    for (const runner of this.#runners.values()) runner.start();
  }

  async add(settings: MirrorSettings): Promise<void> {
    const runner = await this.#read(settings);
    if (this.#core.options.mode === 'running') runner.start();
    this.#tell();
  }

  /** Gives where old states are kept that nobody else may have; null: there are none beside the copies themselves. */
  async drop(id: string): Promise<string | null> {
    const runner = this.#runners.get(id);
    this.#runners.delete(id);
    await runner?.stop();
    const holdsBackups = (await runner?.release()) ?? true;
    const { files, clock } = this.#core.options.ports;
    const stores = `${this.#deps.directory}/${id}`;
    const kept = holdsBackups && (await files.stat(stores)) !== null ? `${this.#deps.directory}/kept/${id}-${new Date(clock.now()).toISOString().replace(/\D/g, '')}` : null;
    if (kept === null) await files.removeTree(stores);
    else {
      await files.makeDirectories(`${this.#deps.directory}/kept`, 0o700);
      await files.rename(stores, kept);
    }
    if ((await files.stat(recordsFile(this.#deps, id))) !== null) await files.remove(recordsFile(this.#deps, id));
    this.#tell();
    return kept;
  }

  changed(settings: MirrorSettings): void {
    this.#runners.get(settings.id)?.change(settings);
  }

  /** The account has another token or address. */
  accountChanged(name: string): void {
    this.accounts.forget(name);
    for (const runner of this.#runners.values()) {
      const { source, target } = runner.settings;
      const uses = (source.kind === 'owner' && source.account === name) || (target.kind === 'account' && target.account === name);
      if (uses) runner.accountChanged();
    }
  }

  /**
   * A webhook rang, and what came of its signature: those it concerns look at once when it was right, and show what it was in
   * any case. Gives how many that are.
   */
  rang(delivery: Delivery, verdict: Verdict): number {
    const { accounts } = this.#core.settings();
    const concerned = this.all().flatMap((runner) => {
      const { source } = runner.settings;
      const forge = source.kind === 'owner' ? (accounts.find(({ name }) => name === source.account)?.forge ?? null) : null;
      const whom = concernedBy(delivery, source, forge, runner.repositories.all());
      return whom ? [{ runner, whom }] : [];
    });
    for (const { runner, whom } of concerned) runner.rang(whom, verdict);
    return concerned.length;
  }

  runner(id: string): MirrorRunner {
    const runner = this.#runners.get(id);
    if (!runner) throw new LockstepError('no-such-mirror', { mirror: id });
    return runner;
  }

  all(): MirrorRunner[] {
    return this.#core.settings().mirrors.flatMap(({ id }) => this.#runners.get(id) ?? []);
  }

  /** The mirror M of INTERFACE.md, repositories and all, in the order of their names. */
  mirror(runner: MirrorRunner): Mirror {
    const repos = runner.repositories.all().map((record) => shown(record, () => runner.placeOf(record)));
    return { ...runner.summary, repos: repos.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  }

  async #hookAddress(): Promise<HookAddress | null> {
    const { webhook } = this.#core.settings();
    const secret = webhook?.publicUrl ? await this.#core.options.ports.secrets.get(WEBHOOK_SECRET) : null;
    return webhook?.publicUrl && secret !== null ? { url: hookUrl(webhook.publicUrl), secret } : null;
  }

  #takenBeside({ id, target }: MirrorSettings): string[] {
    if (target.kind !== 'directory') return [];
    const beside = this.all().filter(({ settings }) => settings.id !== id && settings.target.kind === 'directory' && settings.target.path === target.path);
    return beside.flatMap(({ repositories }) => repositories.all().map(({ store }) => store));
  }

  async #read(settings: MirrorSettings): Promise<MirrorRunner> {
    const { ports } = this.#core.options;
    await ports.files.makeDirectories(this.#deps.directory, 0o700);
    const repositories = await MirrorRepositories.open(ports, recordsFile(this.#deps, settings.id));
    const runner = new MirrorRunner(this.#deps, settings, repositories, () => this.#tellSoon());
    this.#runners.set(settings.id, runner);
    return runner;
  }

  #tellSoon(): void {
    if (this.#stopped) return;
    this.#cancelTell ??= this.#core.options.ports.clock.after(TELL_EVERY_MS, () => this.#tell());
  }

  #tell(): void {
    this.#cancelTell?.();
    this.#cancelTell = null;
    this.#core.store.update(() => ({ mirrors: this.all().map((runner) => runner.summary) }));
  }
}
