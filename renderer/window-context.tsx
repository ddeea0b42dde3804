import { createContext, useCallback, useContext } from 'react';
import { useStore } from 'zustand';
import type { AppState, FolderState } from '../shared/app-state.ts';
import type { MirrorSummary } from '../shared/mirror.ts';
import type { WindowArguments, WindowCommand, WindowOutput } from '../shared/window-commands.ts';
import type { Text } from '../shared/text/text.ts';
import type { ResultDrafts } from './conflicts/result-drafts.ts';
import type { AppStateStore, Sight } from './app-state-store.ts';
import type { WindowClock } from './clock.ts';
import type { Answer, LockstepClient } from './lockstep-client.ts';
import type { NoticeStore } from './notices.ts';
import type { OpenSheet, SheetStore } from './sheets.ts';

/** What every view of a window is made from; put together once, in `main.tsx`. */
export interface WindowParts {
  readonly client: LockstepClient;
  readonly sight: AppStateStore;
  readonly notices: NoticeStore;
  readonly sheets: SheetStore;
  readonly resultDrafts: ResultDrafts;
  readonly text: Text;
  readonly clock: WindowClock;
}

export const WindowContext = createContext<WindowParts | null>(null);

export function useWindow(): WindowParts {
  const parts = useContext(WindowContext);
  if (!parts) throw new Error('A view was drawn outside WindowContext');
  return parts;
}

export const useText = (): Text => useWindow().text;
export const useSight = <T,>(select: (sight: Sight) => T): T => useStore(useWindow().sight, select);

const NO_FOLDERS: readonly FolderState[] = [];
export const useFolders = (): readonly FolderState[] => useSight(({ state }) => state?.folders ?? NO_FOLDERS);
const NO_MIRRORS: readonly MirrorSummary[] = [];
export const useMirrors = (): readonly MirrorSummary[] => useSight(({ state }) => state?.mirrors ?? NO_MIRRORS);
export const useFolder = (id: string | undefined): FolderState | undefined => useSight(({ state }) => state?.folders.find((folder) => folder.id === id));
export const useAppState = (): AppState | null => useSight(({ state }) => state);
export const useIsStale = (): boolean => useSight(({ silentSinceMs }) => silentSinceMs !== null);

/** Name of this machine; empty until the engine has said it. */
export const useMachineName = (): string => useSight(({ state }) => state?.machines.find(({ self }) => self)?.name ?? '');

/** Lays a dialog over the window. */
export function useShowSheet(): (sheet: OpenSheet) => void {
  const { sheets } = useWindow();
  return useCallback((sheet) => sheets.getState().show(sheet), [sheets]);
}

export type Run = <C extends WindowCommand>(command: C, input: WindowArguments<C>, done?: string) => Promise<Answer<WindowOutput<C>>>;

/** Runs a command for a button: what was not done is said in a notice, and so is `done` when it was. */
export function useRun(): Run {
  const { client, notices, text } = useWindow();
  return useCallback(
    async (command, input, done) => {
      const answer = await client.invoke(command, input);
      // How an engine is started on a command line helps nobody here: the app looks for one, or becomes it, by itself.
      if (!answer.ok) notices.getState().show({ tone: 'stop', sentence: answer.failure.code === 'not-running' ? text.t('window.stale.not-now') : answer.failure.message });
      else if (done) notices.getState().show({ tone: 'done', sentence: done });
      return answer;
    },
    [client, notices, text],
  );
}
