/** How a call of git goes wrong. */
export type ProcessFault = 'killed' | 'killed-after' | 'hangs' | 'fails' | 'garbage';

/** What the outside of one machine does to its program at present; changed by operations, asked by the ports. */
export class Faults {
  /** Writing finds no room left, until it is over. */
  diskFull = false;
  /** The so-and-so-many-th change of files from now on fails with `EIO`; null: none does. */
  failingChange: number | null = null;
  /** Before the so-and-so-many-th change of files from now on the program dies; null: it lives. */
  deadlyChange: number | null = null;
  /** The so-and-so-many-th call of git from now on, and what becomes of it. */
  process: { in: number; how: ProcessFault } | null = null;
  /** Neither the remote nor the bus can be reached. */
  offline = false;

  /** Calls of git that have not come to their end, and never will by themselves. */
  readonly hanging = new Set<Promise<unknown>>();

  /** How many of the faults that were asked for have struck. */
  struck = 0;

  clear(): void {
    this.diskFull = false;
    this.failingChange = null;
    this.deadlyChange = null;
    this.process = null;
    this.offline = false;
  }

  get any(): boolean {
    return this.hanging.size > 0 || this.diskFull || this.offline || this.failingChange !== null || this.deadlyChange !== null || this.process !== null;
  }

  /** Before a change of files: goes on, fails, or ends the program. */
  change(): 'fine' | 'fails' | 'full' | 'deadly' {
    if (this.deadlyChange !== null && (this.deadlyChange -= 1) < 0) return this.#strike('deadly', () => (this.deadlyChange = null));
    if (this.failingChange !== null && (this.failingChange -= 1) < 0) return this.#strike('fails', () => (this.failingChange = null));
    return this.diskFull ? 'full' : 'fine';
  }

  /** Before a call of git: what becomes of it; null: nothing special. */
  call(): ProcessFault | null {
    if (!this.process || (this.process.in -= 1) >= 0) return null;
    const { how } = this.process;
    return this.#strike(how, () => (this.process = null));
  }

  #strike<T>(what: T, over: () => unknown): T {
    this.struck += 1;
    over();
    return what;
  }
}
