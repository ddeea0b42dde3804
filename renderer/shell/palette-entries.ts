import type { FolderState } from '../../shared/app-state.ts';
import type { MirrorSummary } from '../../shared/mirror.ts';
import type { Text } from '../../shared/text/text.ts';
import type { IconName } from '../components/Icon.tsx';
import type { MarkName } from '../../shared/folder-mark.ts';
import { mirrorEntries } from '../mirrors/mirror-entries.ts';
import type { FolderActions } from '../folders/use-folder-actions.ts';
import type { Route } from '../route.ts';
import type { OpenSheet } from '../sheets.ts';
import type { Run } from '../window-context.tsx';

export interface PaletteEntry {
  readonly key: string;
  readonly word: string;
  readonly icon: IconName | Extract<MarkName, 'conflict'>;
  /** What kind of thing it is, said at the end of the line. */
  readonly kind: string;
  readonly run: () => void;
}

export interface PaletteTools {
  readonly text: Text;
  readonly run: Run;
  readonly actions: FolderActions;
  readonly goTo: (route: Route) => void;
  readonly showSheet: (sheet: OpenSheet) => void;
}

const PAUSE_ALL_S = 30 * 60;

/** Everything the window can do, as lines to search in: places, whole-program commands, then each folder's own. */
export function paletteEntries(folders: readonly FolderState[], mirrors: readonly MirrorSummary[], tools: PaletteTools): PaletteEntry[] {
  return [...placeEntries(tools), ...programEntries(folders, tools), ...mirrorEntries(mirrors, tools), ...folders.flatMap((folder) => folderEntries(folder, tools))];
}

function placeEntries({ text, goTo }: PaletteTools): PaletteEntry[] {
  const kind = text.t('window.palette.kind.place');
  const place = (key: string, icon: PaletteEntry['icon'], word: string, route: Route): PaletteEntry => ({ key, icon, word, kind, run: () => goTo(route) });
  return [
    place('home', 'home', text.t('window.nav.home'), { view: 'home' }),
    place('conflicts', 'conflict', text.t('window.nav.conflicts'), { view: 'conflicts' }),
    place('history', 'history', text.t('window.nav.history'), { view: 'history' }),
    place('mirrors', 'grid', text.t('window.nav.mirrors'), { view: 'mirrors' }),
    place('activity', 'activity', text.t('window.nav.activity'), { view: 'activity' }),
    place('settings', 'settings', text.t('window.nav.settings'), { view: 'settings' }),
  ];
}

function programEntries(folders: readonly FolderState[], { text, run, showSheet }: PaletteTools): PaletteEntry[] {
  const kind = text.t('window.palette.kind.command');
  const command = (key: string, icon: PaletteEntry['icon'], word: string, deed: () => void): PaletteEntry => ({ key, icon, word, kind, run: deed });
  return [
    command('add', 'plus', text.t('window.palette.add'), () => showSheet({ kind: 'add' })),
    command('clone', 'down', text.t('window.palette.clone'), () => showSheet({ kind: 'add', url: '' })),
    ...(folders.length > 0
      ? [
          command('sync-all', 'sync', text.t('window.palette.sync-all'), () => void run('sync', {}, text.t('window.palette.synced-all'))),
          command('pause-all-for', 'pause', text.t('window.palette.pause-all-for'), () => void run('folder.pause', { forS: PAUSE_ALL_S })),
          command('pause-all', 'pause', text.t('window.palette.pause-all'), () => void run('folder.pause', {})),
        ]
      : []),
    ...(folders.some(({ paused }) => paused) ? [command('resume-all', 'resume', text.t('window.palette.resume-all'), () => void run('folder.resume', {}))] : []),
    command('join', 'key', text.t('window.palette.join'), () => showSheet({ kind: 'join' })),
    ...(['light', 'dark', 'system'] as const).map((theme) => command(`theme-${theme}`, 'settings', text.t(`window.palette.theme.${theme}`), () => void run('settings.set', { theme }))),
  ];
}

function folderEntries(folder: FolderState, { text, actions, goTo, showSheet }: PaletteTools): PaletteEntry[] {
  const { id, name } = folder;
  const kind = text.t('window.palette.kind.folder');
  const entry = (key: string, icon: PaletteEntry['icon'], word: string, deed: () => void): PaletteEntry => ({ key: `${key} ${id}`, icon, word, kind, run: deed });
  return [
    entry('show', 'folder', name, () => goTo({ view: 'folder', id })),
    entry('sync', 'sync', text.t('window.palette.sync', { name }), () => actions.sync(folder)),
    entry('pause', folder.paused ? 'resume' : 'pause', text.t(folder.paused ? 'window.palette.resume' : 'window.palette.pause', { name }), () => actions.togglePause(folder)),
    entry('open', 'open', text.t('window.palette.open-folder', { name }), () => actions.open(folder)),
    entry('terminal', 'terminal', text.t('window.palette.terminal', { name }), () => actions.openTerminal(folder)),
    entry('history', 'history', text.t('window.palette.history', { name }), () => goTo({ view: 'history', id })),
    entry('settings', 'settings', text.t('window.palette.settings', { name }), () => goTo({ view: 'folder', id, tab: 'settings' })),
    ...(folder.conflicts.length > 0 ? [entry('conflicts', 'conflict', text.t('window.palette.conflicts', { name }), () => goTo({ view: 'conflicts', id }))] : []),
    entry('remove', 'remove', text.t('window.palette.remove', { name }), () => showSheet({ kind: 'remove', folder: id })),
  ];
}
