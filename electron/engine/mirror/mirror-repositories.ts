import type { MirrorProblem } from '../../../shared/mirror-problem.ts';
import { LockstepError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { loadRecords, saveRecords, type MirrorRecords } from './record-file.ts';
import type { InstalledHook, RepositoryRecord } from './repository-record.ts';

/** Changes are gathered for so long before they are written; what is lost with a crash is found again by looking. */
const SAVE_AFTER_MS = 2_000;

/** The records of one mirror, in memory and on the disk. */
export class MirrorRepositories {
  onChange: () => void = () => undefined;
  readonly #ports: Pick<Ports, 'files' | 'clock' | 'log'>;
  readonly #path: string;
  #records: MirrorRecords;
  #byKey: Map<string, RepositoryRecord>;
  #cancelSave: (() => void) | null = null;
  #saving: Promise<void> = Promise.resolve();

  private constructor(ports: Pick<Ports, 'files' | 'clock' | 'log'>, path: string, records: MirrorRecords) {
    this.#ports = ports;
    this.#path = path;
    this.#records = records;
    this.#byKey = new Map(records.repositories.map((record) => [record.key, record]));
  }

  static async open(ports: Pick<Ports, 'files' | 'clock' | 'log'>, path: string): Promise<MirrorRepositories> {
    return new MirrorRepositories(ports, path, await loadRecords(ports.files, path, ports.log));
  }

  get records(): MirrorRecords {
    return { ...this.#records, repositories: this.all() };
  }

  all(): RepositoryRecord[] {
    return [...this.#byKey.values()];
  }

  get(key: string): RepositoryRecord | undefined {
    return this.#byKey.get(key);
  }

  /** By its name as shown. Throws `no-such-mirror`. */
  named(name: string): RepositoryRecord {
    const all = this.all();
    const exact = all.find((record) => record.name === name);
    const [only, second] = exact ? [exact] : all.filter((record) => record.name.slice(record.name.lastIndexOf('/') + 1) === name);
    if (!only || second) throw new LockstepError('no-such-mirror', { mirror: name });
    return only;
  }

  /** Those to be looked at now; `all`: also those that wait out a pause. What is gone, or has no place, is asked only by its list. */
  due(nowMs: number, all: boolean): RepositoryRecord[] {
    return this.all().filter(({ gone, store, notBefore }) => !gone && store !== '' && (all || notBefore === null || Date.parse(notBefore) <= nowMs));
  }

  update(key: string, change: Partial<RepositoryRecord>): void {
    const record = this.#byKey.get(key);
    if (!record) return;
    this.#byKey.set(key, { ...record, ...change });
    this.#touched();
  }

  replaceAll(records: readonly RepositoryRecord[], listedAt: string): void {
    // What was found of a repository while the list was read is newer than what the list was compared with.
    this.#byKey = new Map(records.map((record) => [record.key, record]));
    this.#records = { ...this.#records, listedAt };
    this.#touched();
  }

  /** What holds the mirror as a whole: its list, its account. */
  setProblem(problem: MirrorProblem | null): void {
    if (this.#records.problem === null && problem === null) return;
    this.#records = { ...this.#records, problem };
    this.#touched();
  }

  heard(lastHook: NonNullable<MirrorRecords['lastHook']>): void {
    this.#records = { ...this.#records, lastHook };
    this.#touched();
  }

  setOwnerHook(ownerHook: InstalledHook | null): void {
    this.#records = { ...this.#records, ownerHook };
    this.#touched();
  }

  finishedRun(lastRunAt: string): void {
    this.#records = { ...this.#records, lastRunAt };
    this.#touched();
  }

  /** Pauses after failures are over. */
  retryAll(): void {
    for (const { key, notBefore } of this.all()) if (notBefore !== null) this.update(key, { notBefore: null });
  }

  async save(): Promise<void> {
    this.#cancelSave?.();
    this.#cancelSave = null;
    const save = (): Promise<void> => saveRecords(this.#ports.files, this.#path, this.records);
    this.#saving = this.#saving.then(save, save);
    await this.#saving.catch((error: unknown) => this.#ports.log.warn('what is remembered of a mirror was not saved', { error }));
  }

  async close(): Promise<void> {
    if (this.#cancelSave) await this.save();
    await this.#saving.catch(() => undefined);
  }

  #touched(): void {
    this.#cancelSave ??= this.#ports.clock.after(SAVE_AFTER_MS, () => void this.save());
    this.onChange();
  }
}
