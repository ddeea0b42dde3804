/** How a call of git goes wrong. `crash`: the program dies with it, before it (git in the middle) or when it is done. */
export type ProcessFault = 'killed' | 'killed-after' | 'hangs' | 'fails' | 'garbage' | 'crash' | 'crash-after';

/** A call that is to go wrong: the so-and-so-many-th of those that are meant; all are, where none is named. */
export interface AimedAt<What> {
  after: number;
  readonly at?: What;
}

type Lasting = 'disk' | 'network' | 'events';

/** What the outside of one machine does to its program at present; changed by operations, asked by the ports. */
export class Faults {
  /** The change of files that fails with `EIO`; `at`: of names like this. */
  failingChange: AimedAt<RegExp> | null = null;
  /** The change of files before which the program dies. */
  deadlyChange: AimedAt<RegExp> | null = null;
  /** The call of git (`at`: its verb) to which something happens. */
  process: (AimedAt<string> & { readonly how: ProcessFault }) | null = null;
  /** Something starts the program again when it has died. */
  comesBack = false;

  /** Calls of git that have not come to their end, and never will by themselves. */
  readonly hanging = new Set<Promise<unknown>>();

  /** How many of the faults that were asked for have struck. */
  struck = 0;
  /** What lasts until it is over; whether something has met it. */
  readonly #lasting = new Map<Lasting, boolean>();

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

  /** Writing finds no room left. */
  get diskFull(): boolean {
    return this.#lasting.has('disk');
  }

  set diskFull(isFull: boolean) {
    this.lasts('disk', isFull);
  }

  /** Neither the remote nor the bus can be reached. */
  get offline(): boolean {
    return this.#lasting.has('network');
  }

  set offline(isOffline: boolean) {
    this.lasts('network', isOffline);
  }

  /** Something goes on being at fault, or ends being so. */
  lasts(what: Lasting, doesSo: boolean): void {
    if (!doesSo) this.#lasting.delete(what);
    else if (!this.#lasting.has(what)) this.#lasting.set(what, false);
  }

  /** Somebody meets what lasts (no room, nobody at the other end, an event that is lost): the first time, that is a fault that has struck. */
  meet(what: Lasting): void {
    if (this.#lasting.get(what) === false) this.#strike(what, () => this.#lasting.set(what, true));
  }

  /** Before a change of these files: goes on, fails, or ends the program. */
  change(names: readonly string[]): 'fine' | 'fails' | 'full' | 'deadly' {
    const isMeant = (at?: RegExp): boolean => at === undefined || names.some((name) => at.test(name));
    if (isDue(this.deadlyChange, isMeant)) return this.#strike('deadly', () => (this.deadlyChange = null));
    if (isDue(this.failingChange, isMeant)) return this.#strike('fails', () => (this.failingChange = null));
    return this.diskFull ? 'full' : 'fine';
  }

  /** Before a call of git: what becomes of it; null: nothing special. */
  call(verb: string): ProcessFault | null {
    const { process } = this;
    if (!process || !isDue(process, (at) => at === undefined || at === verb)) return null;
    return this.#strike(process.how, () => (this.process = null));
  }

  #strike<T>(what: T, over: () => unknown): T {
    this.struck += 1;
    over();
    return what;
  }
}

function isDue<What>(aimed: AimedAt<What> | null, isMeant: (at?: What) => boolean): boolean {
  if (!aimed || !isMeant(aimed.at)) return false;
  aimed.after -= 1;
  return aimed.after < 0;
}
