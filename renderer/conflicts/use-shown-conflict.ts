import { useState } from 'react';
import type { Conflict } from '../../shared/app-state.ts';

interface Wish {
  /** The folder and the conflict that the window's address names. */
  readonly folder: string | undefined;
  readonly chosen: string | undefined;
}

interface Shown {
  readonly conflict: Conflict | null;
  /** It was decided elsewhere while it was looked at: it stays until the person goes on. */
  readonly isGone: boolean;
  /** The person has decided it, or goes on. */
  readonly pass: (id: string) => void;
}

/** Which conflict is shown. None takes the place of the one that is looked at, except when the person is done with it. */
export function useShownConflict(open: readonly Conflict[], { folder, chosen }: Wish): Shown {
  const [seen, setSeen] = useState<Conflict | null>(null);
  const [passed, setPassed] = useState<string | null>(null);
  const left = open.filter(({ id }) => id !== passed);
  const isLookedAt = seen !== null && seen.id !== passed && (chosen !== undefined || folder === undefined || seen.folder === folder);
  const kept = isLookedAt ? (left.find(({ id }) => id === seen.id) ?? seen) : undefined;
  const beside = isLookedAt || chosen !== undefined ? (seen?.folder ?? folder) : folder;
  const conflict = left.find(({ id }) => id === chosen) ?? kept ?? left.find((each) => each.folder === beside) ?? left[0] ?? null;
  if (conflict !== seen) setSeen(conflict);
  return { conflict, isGone: conflict !== null && !open.some(({ id }) => id === conflict.id), pass: setPassed };
}
