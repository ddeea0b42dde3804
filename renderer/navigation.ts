import { useSyncExternalStore } from 'react';
import { parseRoute, routeHash, type Route } from './route.ts';

// The address's hash is where the window is: tray, notifications and links of this page move it the same way, and Alt-Left goes back.
function subscribe(changed: () => void): () => void {
  globalThis.addEventListener('hashchange', changed);
  return () => globalThis.removeEventListener('hashchange', changed);
}

/** Where the window is now. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => location.hash, () => '#/'));
}

/** Goes there; `replace` leaves no step behind for going back. */
export function goTo(route: Route, { replace = false } = {}): void {
  const hash = routeHash(route);
  if (replace) location.replace(hash);
  else location.hash = hash;
}
