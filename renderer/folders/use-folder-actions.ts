import { useMemo } from 'react';
import type { FolderState } from '../../shared/app-state.ts';
import { useRun, useText } from '../window-context.tsx';

type Named = Pick<FolderState, 'id' | 'name' | 'paused'>;

/** What can be done with a folder from wherever it is shown. What was not done is said in a notice. */
export interface FolderActions {
  sync(folder: Named): void;
  togglePause(folder: Named): void;
  pauseFor(folder: Named, seconds: number): void;
  open(folder: Named, path?: string): void;
  openTerminal(folder: Named): void;
}

export function useFolderActions(): FolderActions {
  const run = useRun();
  const text = useText();
  return useMemo(
    () => ({
      sync: ({ id, name }) => void run('sync', { id }, text.t('window.folder.synced', { name })),
      togglePause: ({ id, paused }) => void run(paused ? 'folder.resume' : 'folder.pause', { id }),
      pauseFor: ({ id }, seconds) => void run('folder.pause', { id, forS: seconds }),
      open: ({ id }, path) => void run('shell.open-folder', { id, path }),
      openTerminal: ({ id }) => void run('shell.open-terminal', { id }),
    }),
    [run, text],
  );
}
