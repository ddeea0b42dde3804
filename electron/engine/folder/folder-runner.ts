import type { FolderState } from '../../../shared/app-state.ts';
import type { FolderPhase } from '../../../shared/phase.ts';
import { PROBLEM_CODES, type Problem, type ProblemCode } from '../../../shared/problem.ts';
import type { FolderSettings } from '../../../shared/settings.ts';
import { deferred } from '../deferred.ts';
import { LockstepError, systemCode } from '../errors.ts';
import { decide, phaseOf, type Step } from './decide.ts';
import type { FolderFacts } from './folder-context.ts';
import { nextScanMs, performStep, type WorkStep } from './folder-steps.ts';
import { EMPTY_FACTS, folderView } from './folder-view.ts';
import { rootFinding } from './root-check.ts';
import { restoreFiles } from './restore-files.ts';
import type { OpenFolder, RunnerDeps, RunnerSide } from './runner-deps.ts';
import { withPlace } from './short-disk.ts';
import { firstSituation, react, type FolderEvent, type Situation } from './situation.ts';
import { problemOfSystemCode, troubleFrom, type TroubleMaker } from './trouble.ts';

/** More steps than this without a rest is a loop that some case did not foresee: it is slowed down and said in the log. */
const STEPS_BEFORE_BREATH = 100;
const BREATH_MS = 2_000;
const OPEN_AGAIN_MS = 5_000;
const REST: Step = { do: 'wait', untilMs: 0 };

/**
 * One owner loop for one folder. Whatever happens becomes an event of its situation; the loop takes one step at a
 * time, so that nothing of a folder ever runs twice at once and no lock is needed inside.
 */
export class FolderRunner {
  readonly #deps: RunnerDeps;
  readonly #stop = new AbortController();
  #settings: FolderSettings;
  #situation: Situation;
  #facts: FolderFacts = EMPTY_FACTS;
  #folder: OpenFolder | null = null;
  /** What the person agreed to, until nothing more can be done at once. */
  #approved: ProblemCode | null = null;
  /** The folder vanished under us: close, and open it again when it is back. */
  #lost = false;
  #lastActivityMs: number;
  #phase: FolderPhase = 'watching';
  #since: string;
  #wake: () => void = () => undefined;
  #waiters: (() => void)[] = [];
  #loop: Promise<void> = Promise.resolve();

  constructor(settings: FolderSettings, deps: RunnerDeps) {
    this.#deps = deps;
    this.#settings = settings;
    const { clock } = deps.ports;
    // Starting is no activity: fifty folders that rest do not ask their remotes every half minute.
    this.#lastActivityMs = Number.NEGATIVE_INFINITY;
    this.#since = new Date(clock.now()).toISOString();
    this.#situation = firstSituation(settings.options, settings.paused !== null, settings.remote !== null, clock.monotonic());
  }

  /** Resolves when the folder is watched, or when it is known why it cannot be (it goes on trying then). */
  async start(): Promise<void> {
    const opened = deferred();
    this.#loop = this.#live(opened.resolve);
    await opened.promise;
  }

  /** Resolves when the step under way has ended (it is told to) and the repository is closed. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#wake();
    await this.#loop;
    this.#finishWaiters();
  }

  /** Something happened; the loop takes it up. */
  tell(event: FolderEvent): void {
    this.#situation = react(this.#situation, event);
    this.#wake();
  }

  async settingsChanged(settings: FolderSettings): Promise<void> {
    this.#settings = settings;
    const folder = this.#folder;
    if (folder) await this.#deps.exclusively(folder.context.vcs.place.commonDir, () => folder.applySettings());
    if ((settings.paused !== null) !== this.#situation.paused) this.tell({ type: 'paused', paused: settings.paused !== null });
    this.tell({ type: 'options', options: settings.options, hasRemote: settings.remote !== null });
  }

  /** The person agreed to the problem that is shown, and to nothing that stands behind it. It goes through until nothing more can be done at once. */
  approve(): void {
    const { local, remote } = this.#situation;
    this.#approved = (local ?? remote)?.problem.code ?? null;
    this.goOn();
  }

  /** Everything now; resolves when nothing more can be done at once, whatever came of it. */
  async syncNow(): Promise<void> {
    const over = deferred();
    this.#waiters.push(over.resolve);
    this.tell({ type: 'hurry' });
    await over.promise;
  }

  /**
   * Changes files of the folder between two steps of the loop, then commits and pushes at once with these words.
   * Throws `not-available` while the repository cannot be opened.
   */
  async edit(work: (folder: OpenFolder['context']) => Promise<void>, saying: string): Promise<void> {
    // Said before the work: a commit that is already waiting for its turn will find the files changed.
    this.tell({ type: 'saying', saying });
    try {
      await this.between(work);
    } catch (error) {
      this.tell({ type: 'saying', saying: null });
      throw error;
    }
    await this.syncNow();
  }

  /** Work on the folder between two steps of the loop. Throws `not-available` while the repository cannot be opened. */
  async between<T>(work: (context: OpenFolder['context'], signal: AbortSignal) => Promise<T>): Promise<T> {
    const context = this.#folder?.context;
    if (!context) throw new LockstepError('not-available', { folder: this.#settings.name });
    return this.#deps.exclusively(context.vcs.place.commonDir, () => work(context, this.#stop.signal));
  }

  /** Brings back the files of the newest commit that vanished or changed; gives how many. Throws what is in the way. */
  async restoreFiles(): Promise<number> {
    const files = await this.between(restoreFiles);
    // What lay there was moved aside: to be looked at again, as after a pull.
    this.tell({ type: 'rechecked', againAtMs: this.#deps.ports.clock.monotonic() + this.#situation.options.commitDelay * 1000 });
    await this.syncNow();
    return files;
  }

  /** The person is typing: the question waits on, but no longer than the longest wait. `draft`: the words so far; undefined: not told. */
  typing(draft: string | null | undefined): void {
    if (draft !== undefined) this.tell({ type: 'drafted', draft });
    const { asked, quiet, options } = this.#situation;
    if (!asked || !quiet) return;
    const { clock } = this.#deps.ports;
    const deadlineMs = Math.max(asked.deadlineMs, Math.min(clock.monotonic() + options.popupTimeout * 1000, quiet.firstMs + options.maxWait * 1000));
    if (deadlineMs === asked.deadlineMs) return;
    if (this.#facts.messageRequest) {
      const deadline = new Date(clock.now() + deadlineMs - clock.monotonic()).toISOString();
      this.#facts = { ...this.#facts, messageRequest: { ...this.#facts.messageRequest, deadline } };
    }
    this.tell({ type: 'typing', deadlineMs });
  }

  /** Null while the repository could not be opened. */
  get folder(): OpenFolder | null {
    return this.#folder;
  }

  get state(): FolderState {
    return folderView(this.#settings, this.#facts, this.#situation, this.#phase, this.#since, this.#deps.ports.clock);
  }

  async #live(opened: () => void): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#open();
      this.#publish(REST);
      opened();
      if (this.#folder) await this.#steps();
      else this.#rest();
      this.#folder?.draft.keep(this.#situation.draft);
      await this.#folder?.close();
      this.#folder = null;
      this.#lost = false;
      if (!this.#stop.signal.aborted) await this.#sleepUntil(this.#situation.local?.retryAtMs ?? this.#deps.ports.clock.monotonic() + OPEN_AGAIN_MS);
    }
    opened();
  }

  async #open(): Promise<void> {
    try {
      this.#folder = await this.#deps.open(this.#side, this.#stop.signal);
      this.#apply([{ type: 'scanned', nextMs: nextScanMs(this.#deps) }, { type: 'local-trouble', trouble: null }, { type: 'look-wanted' }, { type: 'survey-wanted' }]);
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#apply([await this.#surprise(error)]);
    }
  }

  async #steps(): Promise<void> {
    let steps = 0;
    while (!this.#stop.signal.aborted && !this.#lost) {
      const step = decide(this.#situation, this.#deps.ports.clock.monotonic());
      this.#publish(step);
      if (step.do !== 'wait') {
        steps += 1;
        await this.#take(step);
        if (steps % STEPS_BEFORE_BREATH === 0) await this.#breathe();
        continue;
      }
      steps = 0;
      this.#rest();
      if (decide(this.#situation, this.#deps.ports.clock.monotonic()).do === 'wait') await this.#sleepUntil(step.untilMs);
    }
  }

  async #take(step: WorkStep): Promise<void> {
    const folder = this.#folder;
    if (!folder) return;
    const pullWhy = this.#situation.pullWanted ?? 'retry';
    if (step.do === 'look' || step.do === 'pull' || step.do === 'survey') this.#apply([{ type: 'started', step: step.do }]);
    if (step.do === 'commit' || step.do === 'push') this.#lastActivityMs = this.#deps.ports.clock.monotonic();
    const aid = {
      troubles: this.#troubles,
      saying: () => this.#situation.saying,
      changedSince: (ms: number) => (this.#situation.quiet?.lastMs ?? Number.NEGATIVE_INFINITY) >= ms,
      approved: this.#approved,
      pullWhy,
      lostRaces: this.#situation.lostRaces,
      sinceActivityMs: this.#deps.ports.clock.monotonic() - this.#lastActivityMs,
      linked: this.#deps.linked(),
      rescan: () => folder.rescan(),
    };
    try {
      const events = await this.#deps.exclusively(folder.context.vcs.place.commonDir, () => performStep(step, folder.context, aid, this.#stop.signal));
      this.#apply(await withPlace(events, folder.context));
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#apply(await withPlace([await this.#surprise(error, isOfRemote(step) ? 'remote' : 'local')], folder.context));
    }
    // Agreed to while the step ran: it did not know, and may have met the problem once more.
    if (this.#approved !== aid.approved) this.goOn();
  }

  /** Everything is looked at again now; what still stands is found anew. */
  goOn(): void {
    this.tell({ type: 'local-trouble', trouble: null });
    this.tell({ type: 'remote-trouble', trouble: null });
    this.tell({ type: 'outgoing-trouble', trouble: null });
    this.tell({ type: 'hurry' });
  }

  /** Applies events and says in the log when a trouble begins or ends. */
  #apply(events: readonly FolderEvent[]): void {
    const before = this.#situation;
    for (const event of events) this.#situation = react(this.#situation, event);
    const [was, is] = [troublesIn(before), troublesIn(this.#situation)];
    const begun = [...is].filter(([code]) => !was.has(code));
    for (const [code, { params }] of begun) this.#deps.record({ what: 'problem', why: 'rule', code, params });
    // One that another took the place of is not mended for anybody.
    if (begun.length > 0) return;
    for (const [code, { since }] of was) if (!is.has(code)) this.#deps.record({ what: 'mended', why: 'retry', code, params: { waitedMs: this.#deps.ports.clock.now() - Date.parse(since) } });
  }

  async #breathe(): Promise<void> {
    this.#deps.ports.log.warn('a folder does not come to rest', { folder: this.#settings.id, phase: this.#phase });
    await this.#sleepUntil(this.#deps.ports.clock.monotonic() + BREATH_MS);
  }

  /** Until the time, an event, or the end. */
  async #sleepUntil(untilMs: number): Promise<void> {
    const woken = deferred();
    this.#wake = woken.resolve;
    const cancel = Number.isFinite(untilMs) ? this.#deps.ports.clock.after(Math.max(0, untilMs - this.#deps.ports.clock.monotonic()), woken.resolve) : () => undefined;
    if (!this.#stop.signal.aborted) await woken.promise;
    cancel();
    this.#wake = () => undefined;
  }

  /** Nothing more can be done at once: whoever waits for that is told. */
  #rest(): void {
    if (this.#situation.hurried) this.#apply([{ type: 'hurry-over' }]);
    this.#approved = null;
    this.#finishWaiters();
  }

  #finishWaiters(): void {
    for (const finish of this.#waiters.splice(0)) finish();
  }

  #publish(step: Step): void {
    const phase = phaseOf(this.#situation, step, this.#facts.conflicts.length);
    if (phase !== this.#phase) this.#since = new Date(this.#deps.ports.clock.now()).toISOString();
    this.#phase = phase;
    this.#folder?.draft.keep(this.#situation.draft);
    this.#deps.publish(this.state);
  }

  readonly #troubles: TroubleMaker = {
    local: (finding) => ({ type: 'local-trouble', trouble: troubleFrom(finding, this.#situation.local, this.#deps.ports, this.#situation.hurried) }),
    remote: (finding) => ({ type: 'remote-trouble', trouble: troubleFrom(finding, this.#situation.remote, this.#deps.ports, this.#situation.hurried) }),
    outgoing: (finding) => ({ type: 'outgoing-trouble', trouble: troubleFrom(finding, this.#situation.outgoing, this.#deps.ports, this.#situation.hurried) }),
  };

  readonly #side: RunnerSide = {
    settings: () => this.#settings,
    facts: () => this.#facts,
    situation: () => this.#situation,
    tell: (event) => this.tell(event),
    lost: () => {
      this.#lost = true;
      this.#apply([this.#troubles.local({ code: 'root-missing', params: { path: this.#settings.path } })]);
      // The step under way may take its time to end.
      this.#publish(REST);
      this.#wake();
    },
    report: (facts) => {
      this.#facts = { ...this.#facts, ...facts };
    },
  };

  /** What nobody foresaw still has a code, a next look, and a line in the log with its cause. */
  async #surprise(error: unknown, slot: 'local' | 'remote' = 'local'): Promise<FolderEvent> {
    // Whatever went wrong, it went wrong because of that.
    const root = this.#folder && (await rootFinding(this.#folder.context).catch(() => null));
    if (root) return this.#troubles.local(root);
    if (error instanceof LockstepError && (error.code === 'not-a-repository' || error.code === 'no-such-path')) {
      return this.#troubles.local({ code: 'root-missing', params: { path: this.#settings.path } });
    }
    const known = error instanceof LockstepError ? PROBLEM_CODES.find((code) => code === error.code) : problemOfSystemCode(systemCode(error));
    const params = error instanceof LockstepError ? error.params : { detail: error instanceof Error ? error.message : String(error) };
    this.#deps.ports.log.error('a step did not end as it should', { folder: this.#settings.id, error: error instanceof Error ? error.stack : String(error) });
    const code: ProblemCode = known ?? 'damaged-repository';
    return this.#troubles[slot]({ code, params });
  }
}

/** What fails on such a step is tried again with such a step: a look at the work tree would not meet it. */
const isOfRemote = (step: WorkStep): boolean => step.do === 'pull' || step.do === 'push' || step.do === 'poll';

/** By code: what a fetch and a push both meet is one trouble. */
const troublesIn = ({ local, remote, outgoing }: Situation): ReadonlyMap<ProblemCode, Problem> =>
  new Map([outgoing, remote, local].flatMap((trouble) => (trouble ? [[trouble.problem.code, trouble.problem]] : [])));
