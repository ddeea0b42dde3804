import { useCallback, type KeyboardEvent } from 'react';
import type { FolderState } from '../../shared/app-state.ts';
import { useFolderActions } from '../folders/use-folder-actions.ts';

/** Space pauses or resumes the focused row's folder, S syncs it. Enter and the arrows belong to the list. */
export function useFolderKeys(folders: readonly FolderState[]) {
  const actions = useFolderActions();
  return useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      const row = event.target instanceof HTMLElement && event.target.getAttribute('role') === 'row' ? event.target : null;
      const folder = row && folders.find(({ id }) => id === row.dataset['key']);
      if (!folder || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === ' ') actions.togglePause(folder);
      else if (event.key === 's') actions.sync(folder);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    [folders, actions],
  );
}
