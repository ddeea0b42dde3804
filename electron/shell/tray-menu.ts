import type { AppState, FolderState } from '../../shared/app-state.ts';
import { isMirrorInStep } from '../../shared/mirror-standing.ts';
import type { Place } from '../../shared/place.ts';
import { headline } from '../../shared/text/headline.ts';
import { folderWord } from '../../shared/text/folder-text.ts';
import type { Text } from '../../shared/text/text.ts';
import { waitingItems, type WaitingItem } from '../../shared/text/waiting-items.ts';

/** What a click in the menu means. It is done elsewhere (`tray-deeds.ts`), so that the menu stays a function of the state. */
export type MenuAct =
  | { readonly act: 'open'; readonly place: Place | null }
  | { readonly act: 'pause'; readonly id?: string; readonly forS?: number }
  | { readonly act: 'resume'; readonly id?: string }
  | { readonly act: 'sync'; readonly id?: string }
  | { readonly act: 'open-folder'; readonly id: string }
  | { readonly act: 'quit' };

export type MenuEntry =
  | { readonly kind: 'line' }
  | { readonly kind: 'words'; readonly label: string }
  | { readonly kind: 'deed'; readonly label: string; readonly deed: MenuAct }
  | { readonly kind: 'menu'; readonly label: string; readonly entries: readonly MenuEntry[] };

/** More waiting things than this are summed up, more folders than this move into a submenu. */
const WAITING_SHOWN = 3;
const FOLDERS_SHOWN = 7;
const LONGEST_LABEL = 100;
const AN_HOUR_S = 3600;

/** The tray's menu: what leads, what waits, each folder with its standing, then what can be done to all. Null: no engine answers. */
export function trayMenu(text: Text, state: AppState | null, nowMs: number): MenuEntry[] {
  const groups = state
    ? [lead(text, state, nowMs), waiting(text, state, nowMs), folders(text, state), mirrors(text, state), deeds(text, state), end(text)]
    : [[words(text.t('shell.silent'))], end(text)];
  return groups.filter((group) => group.length > 0).flatMap((group, index) => (index === 0 ? group : [{ kind: 'line' as const }, ...group]));
}

const words = (label: string): MenuEntry => ({ kind: 'words', label });
const deed = (label: string, does: MenuAct): MenuEntry => ({ kind: 'deed', label: shortened(label), deed: does });

function lead(text: Text, state: AppState, nowMs: number): MenuEntry[] {
  const { title, detail } = headline(text, state, nowMs);
  return [deed(title, { act: 'open', place: { view: 'home' } }), ...(detail ? [words(shortened(detail))] : [])];
}

function waiting(text: Text, state: AppState, nowMs: number): MenuEntry[] {
  const items = waitingItems(text, state, nowMs);
  const shown = items.slice(0, WAITING_SHOWN).map((item) => deed(waitingLabel(text, item), { act: 'open', place: placeOf(item) }));
  const rest = items.length - shown.length;
  return rest > 0 ? [...shown, deed(text.t('shell.menu.more', { count: rest }), { act: 'open', place: { view: 'home' } })] : shown;
}

function waitingLabel(text: Text, { kind, count, folders: [first], mirror, button }: WaitingItem): string {
  const folder = mirror?.repo ?? mirror?.name ?? first?.name ?? text.t('shell.app');
  switch (kind) {
    case 'conflict':
      return text.t('shell.menu.compare', { count });
    case 'message':
      return text.t('shell.menu.message', { folder });
    case 'held':
      return text.t('shell.menu.held', { folder });
    case 'mirror':
      if (count > 1) return text.t('shell.menu.mirror', { mirror: folder, count });
      return text.t('shell.menu.problem', { folder, button });
    case 'decision':
    case 'broken':
      return text.t('shell.menu.problem', { folder, button });
  }
}

/** Where a waiting thing is dealt with. */
export function placeOf({ kind, folders: [first], mirror }: WaitingItem): Place {
  if (mirror) return { view: 'mirrors', id: mirror.id, ...(mirror.repo === null ? {} : { repo: mirror.repo }) };
  if (!first) return { view: 'settings' };
  if (kind === 'message') return { view: 'message', id: first.id };
  return kind === 'conflict' ? { view: 'conflicts', id: first.id } : { view: 'folder', id: first.id };
}

function folders(text: Text, state: AppState): MenuEntry[] {
  const entries = state.folders.map((folder): MenuEntry => ({ kind: 'menu', label: folderLabel(text, folder), entries: folderDeeds(text, folder) }));
  if (entries.length > FOLDERS_SHOWN) return [{ kind: 'menu', label: text.t('shell.menu.folders'), entries }];
  return entries.length > 0 ? entries : [deed(text.t('shell.menu.add-folder'), { act: 'open', place: { view: 'add' } })];
}

const folderLabel = (text: Text, folder: FolderState): string => text.t('shell.menu.folder', { folder: shortened(folder.name), standing: standing(text, folder) });

/** Few words and none that age: a menu stays open while time goes by. */
function standing(text: Text, folder: FolderState): string {
  if (folder.paused) return lowered(folderWord(text, folder));
  if (folder.conflicts.length > 0) return text.t('shell.menu.conflicts', { count: folder.conflicts.length });
  if (folder.held.length > 0) return text.t('folders.held', { count: folder.held.length });
  return lowered(folderWord(text, folder));
}

const folderDeeds = (text: Text, { id, paused }: FolderState): MenuEntry[] => [
  deed(text.t(paused ? 'shell.menu.resume' : 'shell.menu.pause'), { act: paused ? 'resume' : 'pause', id }),
  deed(text.t('shell.menu.sync'), { act: 'sync', id }),
  { kind: 'line' },
  deed(text.t('shell.menu.open'), { act: 'open', place: { view: 'folder', id } }),
  deed(text.t('shell.menu.open-folder'), { act: 'open-folder', id }),
];

/** One line for all of them: which repositories they are is the window's matter. */
function mirrors(text: Text, { mirrors: all }: AppState): MenuEntry[] {
  if (all.length === 0) return [];
  const isRunning = all.some(({ running }) => running !== null);
  const inStep = all.filter(isMirrorInStep).length;
  const label = isRunning ? text.t('shell.menu.mirrors-running') : text.t('shell.menu.mirrors', { count: inStep, total: all.length });
  return [deed(label, { act: 'open', place: { view: 'mirrors' } })];
}

function deeds(text: Text, { folders: all }: AppState): MenuEntry[] {
  if (all.length === 0) return [];
  const pausing = [deed(text.t('shell.menu.pause-all'), { act: 'pause' }), deed(text.t('shell.menu.pause-hour'), { act: 'pause', forS: AN_HOUR_S })];
  return [
    deed(text.t('shell.menu.sync'), { act: 'sync' }),
    ...(all.some(({ paused }) => !paused) ? pausing : []),
    ...(all.some(({ paused }) => paused) ? [deed(text.t('shell.menu.resume-all'), { act: 'resume' })] : []),
  ];
}

const end = (text: Text): MenuEntry[] => [deed(text.t('shell.menu.window'), { act: 'open', place: null }), deed(text.t('shell.menu.quit'), { act: 'quit' })];

const lowered = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);
const shortened = (label: string): string => (label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label);
