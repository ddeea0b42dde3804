import { parsePlace, placeHash, type Place } from '../shared/place.ts';

export const FOLDER_TABS = ['overview', 'history', 'held', 'rescue', 'settings'] as const;
export type FolderTab = (typeof FOLDER_TABS)[number];

/** Where the window is: the places that others may open, and those only it goes to. */
export type Route =
  | Exclude<Place, { view: 'folder' } | { view: 'conflicts' } | { view: 'settings' }>
  | { view: 'settings'; at?: 'import' }
  | { view: 'folder'; id: string; tab?: FolderTab }
  | { view: 'conflicts'; id?: string; conflict?: string }
  | { view: 'history'; id?: string; path?: string; commit?: string }
  | { view: 'activity' };

/** The hash of the window's address for a route; `placeHash` where the place is one others may open. */
export function routeHash(route: Route): string {
  switch (route.view) {
    case 'folder':
      return placeHash({ view: 'folder', id: route.id }) + query({ tab: route.tab === 'overview' ? undefined : route.tab });
    case 'conflicts':
      return route.id === undefined ? '#/conflicts' : placeHash({ view: 'conflicts', id: route.id, conflict: route.conflict });
    case 'history':
      return `#/history${route.id === undefined ? '' : `/${encodeURIComponent(route.id)}`}${query({ path: route.path, commit: route.commit })}`;
    case 'activity':
      return '#/activity';
    case 'settings':
      return `#/settings${query({ at: route.at })}`;
    default:
      return placeHash(route);
  }
}

/** The route of a hash; home for one that nobody knows. */
export function parseRoute(hash: string): Route {
  const [, view, subject, search] = /^#\/([a-z]+)(?:\/([^/?]+))?(?:\?(.*))?$/.exec(hash) ?? [];
  const values = new URLSearchParams(search);
  const id = subject === undefined ? undefined : decoded(subject);
  if (view === 'activity') return { view };
  if (view === 'conflicts' && id === undefined) return { view };
  if (view === 'history') return { view, ...known({ id, path: values.get('path') ?? undefined, commit: values.get('commit') ?? undefined }) };
  const place = parsePlace(hash);
  if (place.view === 'settings') return values.get('at') === 'import' ? { ...place, at: 'import' } : place;
  const tab = FOLDER_TABS.find((name) => name === values.get('tab'));
  return place.view === 'folder' && tab ? { ...place, tab } : place;
}

function query(values: Record<string, string | undefined>): string {
  const text = new URLSearchParams(known(values)).toString();
  return text && `?${text}`;
}

const known = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
