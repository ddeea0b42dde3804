import type { Clock } from '../engine/ports.ts';
import type { TrayMark } from './tray-mark.ts';

const APPEARS_AFTER_MS = 300;
const STAYS_MS = 600;

/** Keeps the tray from flickering: `working` appears only when it lasts, and once seen it stays long enough to be read. */
export class SteadyMark {
  #wanted: TrayMark | null = null;
  #shown: TrayMark | null = null;
  #shownAtMs = 0;
  #cancel: (() => void) | null = null;

  constructor(
    readonly clock: Clock,
    readonly show: (mark: TrayMark) => void,
  ) {}

  /** The mark that the state asks for, as often as it likes. */
  want(mark: TrayMark): void {
    if (mark === this.#wanted) return;
    this.stop();
    this.#wanted = mark;
    if (mark === this.#shown) return;
    const delayMs = this.#delayMs(mark);
    if (delayMs <= 0) this.#change(mark);
    else this.#cancel = this.clock.after(delayMs, () => this.#change(mark));
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #delayMs(mark: TrayMark): number {
    if (this.#shown === null) return 0;
    if (this.#shown === 'working') return this.#shownAtMs + STAYS_MS - this.clock.monotonic();
    return mark === 'working' ? APPEARS_AFTER_MS : 0;
  }

  #change(mark: TrayMark): void {
    this.#shown = mark;
    this.#shownAtMs = this.clock.monotonic();
    this.show(mark);
  }
}
