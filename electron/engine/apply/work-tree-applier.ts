import type { Ports } from '../ports.ts';
import type { RepoPath } from '../repo-path.ts';
import type { Applier, ApplierVcs, ApplyOutcome, ApplyRequest, Rechecked } from './applier.ts';
import { ApplySpace, type NewRunPlace, type RunPlace } from './apply-space.ts';
import { AsideKeeper } from './aside.ts';
import { byHandDirectory, recoverByHand } from './by-hand.ts';
import { eachLimited } from '../each-limited.ts';
import { journalOf, markApplied, writeJournal } from './journal.ts';
import type { Operation } from './operation.ts';
import { asTrouble, LocalObstacle, PathTrouble } from './path-trouble.ts';
import { planApply } from './planner.ts';
import { readDisk, type DiskReading } from './read-disk.ts';
import { closeIfEmpty, finishRun, type FinishedRun } from './recover-runs.ts';
import { Rescue } from './rescue.ts';
import { stageContents } from './stage.ts';
import { TreeWriter } from './tree-writer.ts';
import { findUnsafeChange } from './unsafe-paths.ts';

interface ApplierOptions {
  readonly ports: Pick<Ports, 'files' | 'processes' | 'clock' | 'log'>;
  readonly vcs: ApplierVcs;
}

const NOTHING_FINISHED = { putBack: [], copies: [], rescued: [] };
const NOTHING: ApplyOutcome = { outcome: 'applied', written: [], copies: [], rescued: [] };
/** What brings things in order is not stopped half way; the repository's own calls have limits of their own. */
const untilDone = () => new AbortController().signal;

type Recovered = Awaited<ReturnType<Applier['recover']>>[number];

export const createApplier = (options: ApplierOptions): Applier => new WorkTreeApplier(options);

/**
 * Look, plan, stage, write the journal, and only then touch the work tree: move what lies there aside, link the new in.
 * Calls must not overlap; the folder's loop sees to that.
 */
class WorkTreeApplier implements Applier {
  readonly #ports: ApplierOptions['ports'];
  readonly #vcs: ApplierVcs;
  readonly #space: ApplySpace;
  readonly #rescue: Rescue;
  readonly #keeper: AsideKeeper;

  constructor({ ports, vcs }: ApplierOptions) {
    this.#ports = ports;
    this.#vcs = vcs;
    this.#space = new ApplySpace(ports.files, vcs.place.workTree, vcs.ownDirectory);
    this.#rescue = new Rescue(ports, vcs.ownDirectory);
    this.#keeper = new AsideKeeper(ports, vcs, this.#rescue);
  }

  async apply(request: ApplyRequest, signal: AbortSignal): Promise<ApplyOutcome> {
    const unsafe = findUnsafeChange(request.changes);
    if (unsafe !== null) return { outcome: 'trouble', code: 'remote-damaged', path: unsafe };
    const first = request.changes[0]?.path;
    if (first === undefined) return NOTHING;
    try {
      return await this.#applyIn(await this.#openPlace(), request, signal);
    } catch (error) {
      if (error instanceof LocalObstacle) return { outcome: 'local-changes', paths: [error.path] };
      // What fails in our own directory concerns no path in particular: the first stands for all.
      const trouble = asTrouble(error, first);
      if (trouble instanceof PathTrouble) return { outcome: 'trouble', code: trouble.code, path: trouble.path };
      throw error;
    }
  }

  async recheckAsides(): Promise<Rechecked> {
    const copies: { path: RepoPath; copy: RepoPath }[] = [];
    let waiting = false;
    for (const place of await this.#space.all()) {
      const finished = await this.#finish(place, true);
      copies.push(...(finished?.copies ?? []));
      waiting ||= finished?.closed !== true;
    }
    return { copies, waiting };
  }

  async recover(): ReturnType<Applier['recover']> {
    const recovered: Recovered[] = [];
    for (const place of await this.#space.all()) recovered.push(...told((await this.#finish(place, false)) ?? NOTHING_FINISHED));
    const byHand = byHandDirectory(this.#vcs.ownDirectory);
    const left = await this.#orLater(byHand, () => recoverByHand({ files: this.#ports.files, keeper: this.#keeper, rescue: this.#rescue }, byHand));
    return [...recovered, ...told({ copies: [], ...(left ?? NOTHING_FINISHED) })];
  }

  async #openPlace(): Promise<NewRunPlace> {
    // What an earlier run could not put in order, for a full disk say, comes before anything new.
    for (const place of await this.#space.all()) {
      if (await this.#ports.files.stat(place.journal)) await this.#finish(place, false);
    }
    return this.#space.open(this.#ports.clock.now());
  }

  async #applyIn(place: NewRunPlace, request: ApplyRequest, signal: AbortSignal): Promise<ApplyOutcome> {
    const { files } = this.#ports;
    try {
      const held = new Set(request.held);
      const reading = await readDisk({ files, vcs: this.#vcs, changes: request.changes, held, unlooked: request.unlooked }, signal);
      const plan = planApply(request.changes, reading.disk);
      if (plan.plan === 'operations' && plan.operations.length > 0) return await this.#write(place, request, plan.operations, reading, signal);
      await this.#space.close(place);
      if (plan.plan === 'unsupported') return { outcome: 'trouble', code: 'unsupported-file', path: plan.path };
      return plan.plan === 'local-changes' ? { outcome: 'local-changes', paths: plan.paths } : NOTHING;
    } catch (error) {
      await this.#finish(place, false);
      throw error;
    }
  }

  async #write(place: NewRunPlace, request: ApplyRequest, operations: readonly Operation[], { stats }: DiskReading, signal: AbortSignal): Promise<ApplyOutcome> {
    const { files } = this.#ports;
    const { machine, changes } = request;
    const targets = new Map(changes.map(({ path, after }) => [path, after]));
    const journal = journalOf(machine, operations, (path) => targets.get(path) ?? null);
    // Both wait for the disk, and neither touches the work tree.
    const preparations = [() => stageContents({ files, vcs: this.#vcs, place, stats }, operations, signal), () => writeJournal(files, place, journal)];
    await eachLimited(preparations, preparations.length, (prepare) => prepare());
    const writer = new TreeWriter({ files, workTree: this.#vcs.place.workTree, place, journal, stats });
    await writer.run(operations, signal);
    const settled = await this.#keeper.settle(writer.suspects, machine, false, untilDone());
    await markApplied(files, place);
    await this.#orLater(place.directory, () => closeIfEmpty({ files, space: this.#space }, place));
    return { outcome: 'applied', written: writer.written, ...settled };
  }

  async #finish(place: RunPlace, letGo: boolean): Promise<FinishedRun | null> {
    const context = { files: this.#ports.files, space: this.#space, keeper: this.#keeper, rescue: this.#rescue };
    return this.#orLater(place.directory, () => finishRun(context, place, letGo, untilDone()));
  }

  /** Null: not possible now; it stays as it is and comes again with the next run or start. */
  async #orLater<T>(directory: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      this.#ports.log.warn('what an apply left could not be put in order', { directory, error: String(error) });
      return null;
    }
  }
}

const told = ({ putBack, copies, rescued }: Pick<FinishedRun, 'putBack' | 'copies' | 'rescued'>): Recovered[] => [
  ...putBack.map((path) => ({ path, how: 'put-back' as const })),
  ...copies.map(({ path }) => ({ path, how: 'kept-beside' as const })),
  ...rescued.map((path) => ({ path, how: 'set-aside' as const })),
];
