import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock, Files, Log } from '../ports.ts';
import type { Doorbell } from './doorbell.ts';
import type { Ring } from './signal.ts';

/** Counters are reserved on disk in blocks, so that announcing does not wait for a write and a crash never repeats one. */
const STRIDE = 1000;
const MAX_MACHINES = 256;
const MAX_REPOS = 1024;

const heardSchema = z.object({
  name: z.string(),
  at: z.number(),
  via: z.enum(['xmpp', 'fanout']),
  /** By repository key: the highest counter accepted, and the tip that came with it. */
  repos: z.record(z.string(), z.object({ counter: z.number(), tip: z.string() })),
});
export type HeardMachine = z.infer<typeof heardSchema>;

const ledgerSchema = z.object({
  version: z.literal(1),
  /** Which key the counters belong to; another key is another mesh, whose machines we have not heard. */
  mesh: z.string(),
  reserved: z.number(),
  /** Accounts whose server once offered SCRAM: their password is never again sent in another way. */
  scram: z.array(z.string()),
  machines: z.record(z.string(), heardSchema),
});
type Page = z.infer<typeof ledgerSchema>;

/**
 * What must outlive a restart for signals to be trusted: our own counter, the counters heard from others (a replayed
 * doorbell fails, also tomorrow), and the roster that comes with them. Counters are compared per machine and repository:
 * two links deliver in their own order, and a late doorbell of one repository must not be dropped for an early one of another.
 */
export class SignalLedger {
  readonly #files: Files;
  readonly #file: string;
  readonly #log: Log;
  readonly #clock: Clock;
  #page: Page;
  #next: number;
  #writing: Promise<void> = Promise.resolve();
  #writePending = false;

  private constructor(options: { files: Files; file: string; log: Log; clock: Clock }, page: Page) {
    this.#files = options.files;
    this.#file = options.file;
    this.#log = options.log;
    this.#clock = options.clock;
    this.#page = page;
    // Not below the wall clock: if the file was lost, the others remember higher numbers than 1 and would drop us for ever.
    this.#next = Math.max(page.reserved, options.clock.now());
    this.#reserve();
  }

  /** A missing or damaged file is an empty ledger. */
  static async open(options: { files: Files; file: string; log: Log; clock: Clock }): Promise<SignalLedger> {
    const content = await options.files.readIfThere(options.file);
    return new SignalLedger(options, readPage(content, options.log));
  }

  /** Forgets the machines of another key. */
  useMesh(meshKey: Buffer): void {
    const mesh = createHash('sha256').update('lockstep-ledger').update(meshKey).digest('hex').slice(0, 16);
    if (mesh === this.#page.mesh) return;
    this.#page = { ...this.#page, mesh, machines: {} };
    this.#write();
  }

  nextCounter(): number {
    const counter = this.#next++;
    if (this.#page.reserved - this.#next < STRIDE / 2) this.#reserve();
    return counter;
  }

  /** True, once, for a doorbell that is newer than all before it of that machine and repository. */
  accept(bell: Doorbell, via: Ring['via']): boolean {
    const { machines } = this.#page;
    const known = machines[bell.machine.id];
    if (bell.counter <= (known?.repos[bell.repo]?.counter ?? 0)) return false;
    if (!known && Object.keys(machines).length >= MAX_MACHINES) return false;
    const { [bell.repo]: _replaced, ...others } = known?.repos ?? {};
    const repos = Object.fromEntries([...Object.entries(others), [bell.repo, { counter: bell.counter, tip: bell.tip }] as const].slice(-MAX_REPOS));
    machines[bell.machine.id] = { name: bell.machine.name, at: this.#clock.now(), via, repos };
    this.#write();
    return true;
  }

  machines(): readonly (readonly [id: string, machine: HeardMachine])[] {
    return Object.entries(this.#page.machines);
  }

  sawScram(jid: string): boolean {
    return this.#page.scram.includes(jid);
  }

  noteScram(jid: string): void {
    if (this.sawScram(jid)) return;
    this.#page.scram.push(jid);
    this.#write();
  }

  /** Resolves when everything is on disk, or could not be brought there. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  #reserve(): void {
    this.#page.reserved = this.#next + STRIDE;
    this.#write();
  }

  /** One write at a time; what changes meanwhile goes with the next. */
  #write(): void {
    if (this.#writePending) return;
    this.#writePending = true;
    this.#writing = this.#writing.then(async () => {
      this.#writePending = false;
      await this.#files.writeAtomically(this.#file, JSON.stringify(this.#page), 0o600);
    });
    this.#writing = this.#writing.catch((error: unknown) => this.#log.warn('signal ledger not written', { error: String(error) }));
  }
}

function readPage(content: Buffer | null, log: Log): Page {
  const empty: Page = { version: 1, mesh: '', reserved: 0, scram: [], machines: {} };
  if (!content) return empty;
  try {
    return ledgerSchema.parse(JSON.parse(content.toString('utf8')));
  } catch (error) {
    log.warn('signal ledger damaged, begun anew', { error: String(error) });
    return empty;
  }
}
