import { useState } from 'react';
import type { CommitEntry } from '../../shared/commands.ts';

/** Which change is shown: the one that was chosen, else the one shown before, else the newest. A button must not come to mean another one because something was saved. */
export function nextChosen(shown: readonly CommitEntry[], chosen: string | undefined, before: string | undefined): string | undefined {
  const isThere = (id: string | undefined) => id !== undefined && shown.some((entry) => entry.id === id);
  if (isThere(chosen)) return chosen;
  return isThere(before) ? before : shown[0]?.id;
}

export function useChosen(shown: readonly CommitEntry[], chosen: string | undefined): CommitEntry | undefined {
  const [before, setBefore] = useState<string>();
  const next = nextChosen(shown, chosen, before);
  // State that follows what is drawn: set while drawing, so that no frame shows another one.
  if (next !== undefined && next !== before) setBefore(next);
  return shown.find(({ id }) => id === next);
}
