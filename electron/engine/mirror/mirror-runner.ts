import type { MirrorPlan, MirrorSettings, MirrorSummary, RefBackup, RepositoryDetail } from '../../../shared/mirror.ts';
import { eachLimited } from '../each-limited.ts';
import { LockstepError } from '../errors.ts';
import { approvalFor, type Approval } from './approval.ts';
import type { Concerned, Verdict } from './delivery.ts';
import { endMirror } from './end-mirror.ts';
import { keepHooks } from './hook-keeper.ts';
import { nowOf, storesDirectory, type MirrorDeps } from './mirror-deps.ts';
import type { MirrorRepositories } from './mirror-repositories.ts';
import { layRoot } from './mirror-root.ts';
import { nextRunMs } from './mirror-schedule.ts';
import { summarize } from './mirror-summary.ts';
import { problemOf } from './mirror-trouble.ts';
import { previewMirror } from './preview-mirror.ts';
import { refreshList } from './refresh-list.ts';
import { repositoryDetail } from './repository-detail.ts';
import { restoreBackup } from './restore-backup.ts';
import type { RepositoryMirror } from './repository-mirror.ts';
import type { RepositoryRecord } from './repository-record.ts';
import { syncRepository, type Deed } from './sync-repository.ts';
import { pairOf } from './endpoints.ts';

/** Repositories of one run at work at once; all mirrors together have their own limit. */
const AT_ONCE = 4;

/** A forge that does not answer keeps nobody from removing a mirror. */
const RELEASE_LIMIT_MS = 10_000;

export type RunReason = 'asked' | 'poll' | 'hook' | 'start' | 'wake';

/** One mirror: its schedule, its runs, and what it shows. A run that is asked for while one is on joins it. */
export class MirrorRunner {
  readonly repositories: MirrorRepositories;
  readonly #deps: MirrorDeps;
  readonly #changed: () => void;
  readonly #ending = new AbortController();
  #settings: MirrorSettings;
  #running: { done: number; total: number; now: Set<string> } | null = null;
  #run: Promise<void> | null = null;
  #nextRunAt: string | null = null;
  #cancelNext: () => void = () => undefined;
  /** Told of by a webhook, and not looked at since. */
  readonly #rung = new Set<string>();
  #revision = 0;

  constructor(deps: MirrorDeps, settings: MirrorSettings, repositories: MirrorRepositories, changed: () => void) {
    this.#deps = deps;
    this.#settings = settings;
    this.repositories = repositories;
    this.#changed = () => {
      this.#revision += 1;
      changed();
    };
    repositories.onChange = this.#changed;
  }

  get settings(): MirrorSettings {
    return this.#settings;
  }

  get summary(): MirrorSummary {
    const running = this.#running && { done: this.#running.done, total: this.#running.total, now: [...this.#running.now] };
    return summarize(this.#settings, this.repositories.records, (record) => this.placeOf(record), { running, nextRunAt: this.#nextRunAt, revision: this.#revision });
  }

  placeOf(record: RepositoryRecord): string {
    return `${storesDirectory(this.#deps, this.#settings)}/${record.store}`;
  }

  start(): void {
    this.#plan('start');
  }

  /** Everything of it has ended when this resolves. */
  async stop(): Promise<void> {
    this.#cancelNext();
    this.#ending.abort(new LockstepError('cancelled'));
    await this.#run?.catch(() => undefined);
    await this.repositories.close();
  }

  change(settings: MirrorSettings): void {
    this.#settings = settings;
    this.#plan('start');
    this.#changed();
  }

  /** The account has another token: what was refused is asked again. */
  accountChanged(): void {
    this.repositories.retryAll();
    this.#plan('start');
  }

  /** All repositories that are due, or, when a person asks, all. Resolves when the run is over. */
  run(why: RunReason): Promise<void> {
    this.#run ??= this.#runAll(why).finally(() => {
      this.#run = null;
      this.#running = null;
      this.#plan('poll');
      this.#changed();
    });
    return this.#run;
  }

  /** One of them, also while a run is on. */
  runOne(name: string, why: RunReason, approval?: Approval): Promise<void> {
    return this.#work(this.repositories.named(name), { deed: 'run', why, approval });
  }

  /** A webhook told of one of its repositories, or of the owner. Only a right signature makes it look. */
  rang(whom: NonNullable<Concerned>, verdict: Verdict): void {
    this.repositories.heard({ at: nowOf(this.#deps), verdict });
    if (verdict !== 'right' || this.#settings.options.paused) return;
    const looked = whom.concerns === 'repository' ? this.#lookOnce(whom.record) : this.#followsNew() ? this.run('hook') : Promise.resolve();
    looked.catch((error: unknown) => this.#failed(error));
  }

  async check(name?: string): Promise<void> {
    const records = name === undefined ? this.repositories.all() : [this.repositories.named(name)];
    await this.#each(records, { deed: 'check', why: 'asked' });
  }

  preview(signal: AbortSignal): Promise<MirrorPlan> {
    return previewMirror(this.#deps, this.#settings, this.repositories, AbortSignal.any([signal, this.#ending.signal]));
  }

  /** Lets through exactly what waits; throws `not-available` when nothing does. */
  async approve(name: string, rename: string | undefined): Promise<void> {
    if (name === '*') return this.#believe();
    const record = this.repositories.named(name);
    const approval = approvalFor(record, rename);
    await this.runOne(record.name, 'asked', approval);
    // What was agreed to still waits: theirs could not be kept under this name.
    if (rename !== undefined && this.repositories.get(record.key)?.held === approval.digest) throw new LockstepError('usage', { detail: `There is a branch “${rename}” already; choose another name. Nothing was pushed over.` });
  }

  detail(name: string, signal: AbortSignal): Promise<RepositoryDetail> {
    const record = this.repositories.named(name);
    return this.#opened(record, (mirror) => repositoryDetail(this.#settings, record, this.placeOf(record), mirror, signal));
  }

  backups(name: string): Promise<RefBackup[]> {
    return this.#opened(this.repositories.named(name), (mirror) => mirror.backups());
  }

  async restore(name: string, ref: string, branch: string): Promise<{ branch: string; commit: string }> {
    const record = this.repositories.named(name);
    const restored = await this.#deps.queue.run(this.placeOf(record), () => this.#opened(record, (mirror) => restoreBackup(mirror, ref, branch)));
    this.#deps.record({ what: 'mirror-restored', why: 'asked', params: { mirror: this.#settings.name, repository: record.name, branch: restored.branch } });
    return restored;
  }

  /** Before it is forgotten: its copies take pushes again. Gives whether it holds old states that nobody else may have. */
  async release(): Promise<boolean> {
    const limit = new AbortController();
    const cancel = this.#deps.ports.clock.after(RELEASE_LIMIT_MS, () => limit.abort(new LockstepError('cancelled')));
    await keepHooks(this.#deps, this.#settings, this.repositories, null, limit.signal).catch(() => undefined);
    cancel();
    return endMirror(this.#deps, this.#settings, this.repositories.all());
  }

  async #runAll(why: RunReason): Promise<void> {
    this.#running = { done: 0, total: this.repositories.all().length, now: new Set() };
    this.#changed();
    if (why === 'asked') this.repositories.retryAll();
    const goesOn = await refreshList(this.#deps, this.#settings, this.repositories, why, this.#ending.signal);
    const due = goesOn ? this.repositories.due(this.#deps.ports.clock.now(), why === 'asked' || why === 'hook') : [];
    this.#running = { done: 0, total: due.length, now: new Set() };
    await this.#each(due, { deed: 'run', why });
    await this.#keepHooks();
    this.repositories.finishedRun(nowOf(this.#deps));
    await this.repositories.save();
  }

  /** Beside the run: a forge that takes no hook is polled, and that is said. */
  async #keepHooks(): Promise<void> {
    const { records } = this.repositories;
    const refused = await keepHooks(this.#deps, this.#settings, this.repositories, await this.#deps.hookAddress(), this.#ending.signal);
    const before = records.problem;
    if (refused && before === null) this.repositories.setProblem(problemOf({ code: 'hook-missing', params: refused.params }, before, nowOf(this.#deps)));
    else if (!refused && before?.code === 'hook-missing') this.repositories.setProblem(null);
  }

  async #each(records: readonly RepositoryRecord[], deed: Deed): Promise<void> {
    await eachLimited(records, AT_ONCE, async (record) => {
      this.#running?.now.add(record.name);
      await this.#work(record, deed);
      this.#running?.now.delete(record.name);
      if (this.#running) this.#running.done += 1;
      this.#changed();
    });
  }

  #work(record: RepositoryRecord, deed: Deed, begins: () => void = () => undefined): Promise<void> {
    return this.#deps.queue.run(this.placeOf(record), async () => {
      const leave = await this.#deps.places.enter(this.#ending.signal);
      begins();
      try {
        await syncRepository(this.#deps, this.#settings, this.repositories, record.key, deed, this.#ending.signal);
      } finally {
        leave();
      }
    });
  }

  async #opened<T>(record: RepositoryRecord, work: (mirror: RepositoryMirror) => Promise<T>): Promise<T> {
    return work(this.#deps.open(await pairOf(this.#deps, this.#settings, record, { makes: false }, this.#ending.signal), null));
  }

  /** However often it rings: one look under way, and one more that has not begun. */
  async #lookOnce(record: RepositoryRecord): Promise<void> {
    if (this.#rung.has(record.key)) return;
    this.#rung.add(record.key);
    await this.#work(record, { deed: 'run', why: 'hook' }, () => this.#rung.delete(record.key));
  }

  #followsNew(): boolean {
    const { source } = this.#settings;
    return source.kind === 'owner' && source.syncNew;
  }

  /** A list that lost most of what it had is right, and a folder that lost all is to be filled anew. */
  async #believe(): Promise<void> {
    await layRoot(this.#deps, this.#settings);
    await refreshList(this.#deps, this.#settings, this.repositories, 'believed', this.#ending.signal);
  }

  /** Called off with the program is no failure. */
  #failed(error: unknown): void {
    if (!this.#ending.signal.aborted) this.#deps.ports.log.error('a mirror could not run', { mirror: this.#settings.id, error });
  }

  /** When it runs next by itself. `why` start: soon, if that time is over by now. */
  #plan(why: 'start' | 'poll'): void {
    this.#cancelNext();
    const { clock, random } = this.#deps.ports;
    const inMs = this.#ending.signal.aborted ? null : nextRunMs(this.#settings, this.repositories.records, { nowMs: clock.now(), chance: random.fraction() });
    this.#nextRunAt = inMs === null ? null : new Date(clock.now() + inMs).toISOString();
    if (inMs !== null) this.#cancelNext = clock.after(inMs, () => void this.run(why).catch((error: unknown) => this.#failed(error)));
  }
}
