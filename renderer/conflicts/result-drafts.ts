import type { Conflict } from '../../shared/app-state.ts';
import type { Take } from './resolution.ts';

/** How far somebody is with one conflict's result. */
export interface ResultDraft {
  /** Written by hand; null: put together from the takes. */
  readonly typed: string | null;
  readonly takes: ReadonlyMap<number, Take>;
}

const NOTHING: ResultDraft = { typed: null, takes: new Map() };

/** Results that were begun, for as long as the window lives: looking at something else loses none of them. */
export class ResultDrafts {
  readonly #begun = new Map<string, { readonly of: string; readonly draft: ResultDraft }>();

  /** What was begun for this conflict. Choices between places that are not the same any more are left out, words never. */
  of(conflict: Conflict): ResultDraft {
    const begun = this.#begun.get(conflict.id);
    if (!begun) return NOTHING;
    return begun.of === versions(conflict) ? begun.draft : { ...NOTHING, typed: begun.draft.typed };
  }

  keep(conflict: Conflict, draft: ResultDraft): void {
    if (draft.typed === null && draft.takes.size === 0) this.#begun.delete(conflict.id);
    else this.#begun.set(conflict.id, { of: versions(conflict), draft });
  }

  drop(conflict: Conflict): void {
    this.#begun.delete(conflict.id);
  }
}

const versions = ({ mine, theirs }: Conflict): string => `${mine.blob} ${theirs.blob}`;
