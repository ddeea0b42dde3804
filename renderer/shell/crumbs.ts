import type { FolderState } from '../../shared/app-state.ts';
import type { Text } from '../../shared/text/text.ts';
import type { Route } from '../route.ts';

export interface Crumb {
  readonly word: string;
  /** Where it leads; none for the last. */
  readonly to?: Route;
  /** Said beside the one before it, not below it. */
  readonly isQuiet?: boolean;
}

/** Where the window is, in words: "Folders > dotfiles", "Conflicts 3 open in 2 folders". */
export function crumbs(text: Text, route: Route, folders: readonly FolderState[]): Crumb[] {
  const nameOf = (id: string | undefined) => folders.find((folder) => folder.id === id)?.name;
  switch (route.view) {
    case 'home':
    case 'add':
      return [{ word: text.t('window.nav.home') }];
    case 'folder':
      return [{ word: text.t('window.nav.folders'), to: { view: 'home' } }, { word: nameOf(route.id) ?? route.id }];
    case 'conflicts': {
      const counts = folders.map(({ conflicts }) => conflicts.length).filter((count) => count > 0);
      const count = counts.reduce((sum, each) => sum + each, 0);
      return [{ word: text.t('window.nav.conflicts') }, ...(count > 0 ? [{ word: text.t('window.conflicts.open', { count, folders: text.t('window.count.folders', { count: counts.length }) }), isQuiet: true }] : [])];
    }
    case 'history': {
      const name = nameOf(route.id) ?? folders[0]?.name;
      return [{ word: text.t('window.nav.history') }, ...(name ? [{ word: name, isQuiet: true }] : [])];
    }
    case 'mirrors':
      return [{ word: text.t('window.nav.mirrors') }];
    case 'activity':
      return [{ word: text.t('window.nav.activity') }];
    case 'settings':
      return [{ word: text.t('window.nav.settings') }];
    case 'message':
      return [];
  }
}
