import { useCallback } from 'react';
import type { FolderState } from '../../shared/app-state.ts';
import type { Problem } from '../../shared/problem.ts';
import type { WaitingItem } from '../../shared/text/waiting-items.ts';
import { useMirrorActions } from '../mirrors/use-mirror-actions.ts';
import { goTo } from '../navigation.ts';
import { useRun, useShowSheet, useWindow } from '../window-context.tsx';
import { deedOf, ignorePattern } from './problem-deed.ts';
import { useFolderActions } from './use-folder-actions.ts';

/** Does what the button of a problem says. `folder` is null for a problem of the program itself. */
export function useActOnProblem(): (problem: Problem, folder: FolderState | null) => void {
  const run = useRun();
  const showSheet = useShowSheet();
  const actions = useFolderActions();
  return useCallback(
    (problem, folder) => {
      const deed = deedOf(problem);
      if (!folder) {
        if (deed === 'explain') showSheet({ kind: 'problem', folder: null, problem });
        else goTo({ view: 'settings' });
        return;
      }
      switch (deed) {
        case 'sync':
          return actions.sync(folder);
        case 'terminal':
          return actions.openTerminal(folder);
        case 'open-folder':
          return actions.open(folder, problem.path);
        case 'folder-settings':
          return goTo({ view: 'folder', id: folder.id, tab: 'settings' });
        case 'address':
          return showSheet({ kind: 'address', folder: folder.id });
        case 'app-settings':
          return goTo({ view: 'settings' });
        case 'ignore':
          return void (problem.path && run('folder.set', { id: folder.id, options: { ignore: [...folder.options.ignore, ignorePattern(problem.path)] } }));
        case 'add-folder':
          return showSheet({ kind: 'add', path: problem.path ? `${folder.path}/${problem.path}` : folder.path });
        case 'decide':
        case 'explain':
        case 'locate':
          return showSheet({ kind: 'problem', folder: folder.id, problem });
      }
    },
    [run, showSheet, actions],
  );
}

/** Does what the button of a row of "Waits for you" says. */
export function useActOnWaiting(): (item: WaitingItem) => void {
  const { sight } = useWindow();
  const actOnProblem = useActOnProblem();
  const { act: actOnMirror } = useMirrorActions();
  return useCallback(
    (item) => {
      if (item.mirror) return actOnMirror(item.mirror, item.mirror.problem);
      const id = item.folders[0]?.id;
      const folder = sight.getState().state?.folders.find((candidate) => candidate.id === id) ?? null;
      if (item.problem) return actOnProblem(item.problem, folder);
      if (item.kind === 'conflict') return goTo({ view: 'conflicts', ...(item.folders.length === 1 && id ? { id } : {}) });
      if (!id) return goTo({ view: 'settings' });
      goTo(item.kind === 'held' ? { view: 'folder', id, tab: 'held' } : { view: 'folder', id });
    },
    [sight, actOnProblem, actOnMirror],
  );
}
