import { useState } from 'react';
import type { FolderState } from '../../shared/app-state.ts';

/** Rows never move under the pointer: while it is over them the old order stays, with new rows at the end. */
export function keepOrder(folders: readonly FolderState[], order: readonly string[]): FolderState[] {
  const place = (folder: FolderState) => {
    const at = order.indexOf(folder.id);
    return at < 0 ? order.length : at;
  };
  return [...folders].sort((a, b) => place(a) - place(b));
}

export function useHeldStill(sorted: readonly FolderState[], isPointedAt: boolean): FolderState[] {
  const [held, setHeld] = useState<readonly string[] | null>(null);
  const order = isPointedAt ? (held ?? sorted.map(({ id }) => id)) : null;
  // State that follows a prop: set while drawing, so that no frame shows the wrong order.
  if ((order === null) !== (held === null)) setHeld(order);
  return order === null ? [...sorted] : keepOrder(sorted, order);
}
