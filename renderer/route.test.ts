import { describe, expect, it } from 'vitest';
import { parseRoute, routeHash, type Route } from './route.ts';

const ROUTES: readonly [Route, string][] = [
  [{ view: 'home' }, '#/'],
  [{ view: 'folder', id: 'notes' }, '#/folder/notes'],
  [{ view: 'folder', id: 'a/b ü', tab: 'settings' }, '#/folder/a%2Fb%20%C3%BC?tab=settings'],
  [{ view: 'conflicts' }, '#/conflicts'],
  [{ view: 'conflicts', id: 'thesis', conflict: 'c 1' }, '#/conflicts/thesis?conflict=c+1'],
  [{ view: 'history', id: 'notes', path: 'a&b.md' }, '#/history/notes?path=a%26b.md'],
  [{ view: 'history' }, '#/history'],
  [{ view: 'activity' }, '#/activity'],
  [{ view: 'settings' }, '#/settings'],
  [{ view: 'settings', at: 'import' }, '#/settings?at=import'],
  [{ view: 'message', id: 'guide' }, '#/message/guide'],
];

describe('routes', () => {
  it.each(ROUTES)('%j is %s, both ways', (route, hash) => {
    expect(routeHash(route)).toBe(hash);
    expect(parseRoute(hash)).toEqual(route);
  });

  it.each(['', '#', '#/nowhere', '#/folder', '#/folder/%E0%A4%A', 'javascript:alert(1)'])('%j leads home', (hash) => {
    expect(parseRoute(hash)).toEqual({ view: 'home' });
  });

  it('ignores a part of a folder that does not exist', () => {
    expect(parseRoute('#/folder/notes?tab=secrets')).toEqual({ view: 'folder', id: 'notes' });
  });
});
