import type { AppState } from '../../shared/app-state.ts';

/** Which folder's question the popup shows: one at a time, the one whose time is over first before the others. */
export class PopupQueue {
  #asking: readonly string[] = [];
  #shown: string | null = null;
  /** Closed by the person; the engine has not said so yet. */
  readonly #putOff = new Set<string>();
  /** Could not be shown. Only these questions: the next one, of the same folder too, is tried anew. */
  readonly #failed = new Set<string>();

  /** Folders whose question could not be shown: it is announced like other things that wait. */
  get failed(): ReadonlySet<string> {
    return this.#failed;
  }

  /** The folder whose question is to be shown in this state; null: none. */
  update(state: AppState | null): string | null {
    const questions = (state?.folders ?? []).flatMap(({ id, phase, messageRequest }) => (phase === 'awaiting-message' && messageRequest ? [{ id, deadline: messageRequest.deadline }] : []));
    this.#asking = questions.sort((a, b) => a.deadline.localeCompare(b.deadline)).map(({ id }) => id);
    for (const set of [this.#putOff, this.#failed]) for (const id of set) if (!this.#asking.includes(id)) set.delete(id);
    const open = this.#asking.filter((id) => !this.#putOff.has(id) && !this.#failed.has(id));
    this.#shown = open.find((id) => id === this.#shown) ?? open[0] ?? null;
    return this.#shown;
  }

  /** Because the person wants it: shown whatever came before. False when the folder does not ask. */
  choose(folder: string): boolean {
    if (!this.#asking.includes(folder)) return false;
    this.#putOff.delete(folder);
    this.#failed.delete(folder);
    this.#shown = folder;
    return true;
  }

  /** Its window was closed; whether that puts a question off. */
  close(folder: string): boolean {
    if (!this.#asking.includes(folder)) return false;
    this.#putOff.add(folder);
    return true;
  }

  fail(folder: string): void {
    this.#failed.add(folder);
  }
}
