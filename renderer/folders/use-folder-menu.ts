import type { FolderState } from '../../shared/app-state.ts';
import type { MenuEntry } from '../components/Menu.tsx';
import { goTo } from '../navigation.ts';
import { useRun, useShowSheet, useText } from '../window-context.tsx';
import { useFolderActions } from './use-folder-actions.ts';

const HOUR_S = 3600;

/** What can be done with a folder beyond its buttons; the same behind them and on its row. */
export function useFolderMenu(folder: FolderState): MenuEntry[] {
  const text = useText();
  const run = useRun();
  const showSheet = useShowSheet();
  const actions = useFolderActions();
  const { id } = folder;
  return [
    { key: 'pause', icon: 'clock', word: text.t('window.folder.pause-for'), run: () => actions.pauseFor(folder, HOUR_S) },
    { key: 'terminal', icon: 'terminal', word: text.t('window.folder.terminal'), run: () => actions.openTerminal(folder) },
    { key: 'copy', icon: 'file', word: text.t('window.folder.copy-path'), run: () => void run('shell.copy-text', { text: folder.path }, text.t('window.copied')) },
    { key: 'history', icon: 'history', word: text.t('window.folder.history'), run: () => goTo({ view: 'history', id }) },
    { key: 'remove', icon: 'remove', word: text.t('window.folder.remove'), isDangerous: true, startsGroup: true, run: () => showSheet({ kind: 'remove', folder: id }) },
  ];
}
