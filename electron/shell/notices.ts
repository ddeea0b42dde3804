import type { AppState, FolderState } from '../../shared/app-state.ts';
import type { Place } from '../../shared/place.ts';
import type { Text } from '../../shared/text/text.ts';
import { waitingItems } from '../../shared/text/waiting-items.ts';
import { isWorking } from '../../shared/folder-standing.ts';
import { placeOf } from './tray-menu.ts';

/** Something that needs a person, as the desktop announces it. */
export interface Notice {
  /** One per matter: a newer notice of the same key replaces the older. */
  readonly key: string;
  /** What it is about; announced again only when there is something new among these. */
  readonly about: readonly string[];
  readonly title: string;
  readonly body: string;
  /** What a click opens. */
  readonly place: Place;
}

export interface NoticeChanges {
  readonly announce: readonly Notice[];
  /** Keys of those that are solved: their notifications are taken back. */
  readonly withdraw: readonly string[];
}

/**
 * Everything that deserves a notification in this state. A wish for a message has its popup; only where that cannot be
 * shown (`popupFails`) it is announced like the rest.
 */
export function notices(text: Text, state: AppState, popupFails: boolean): Notice[] {
  // No sentence may name a time left: a notification stays on the screen. At the end of time none is left.
  const items = waitingItems(text, state, Number.POSITIVE_INFINITY).filter(({ kind }) => kind !== 'conflict' && (kind !== 'message' || popupFails));
  const others = items.map((item): Notice => {
    const [first] = item.folders;
    const held = item.kind === 'held' ? state.folders.find(({ id }) => id === first?.id)?.held.map(({ code, path }) => `${code}:${path}`) : undefined;
    return { key: item.key, about: held ?? [item.key], title: first?.name ?? text.t('shell.app'), body: item.sentence, place: placeOf(item) };
  });
  return [...others, ...state.folders.flatMap((folder) => conflictNotice(text, folder))];
}

function conflictNotice(text: Text, { id, name, paused, conflicts }: FolderState): Notice[] {
  const [first] = conflicts;
  if (!first || paused) return [];
  const place: Place = { view: 'conflicts', id, conflict: conflicts.length === 1 ? first.id : undefined };
  const body = text.t('shell.notice.conflict', { count: conflicts.length, path: first.path });
  return [{ key: `conflict:${id}`, about: conflicts.map((conflict) => conflict.id), title: name, body, place }];
}

/** Remembers what was announced, so that each matter is announced once, and again only when it comes anew. */
export class NoticeBoard {
  #known: Map<string, readonly string[]> | null = null;
  readonly #text: Text;

  constructor(text: Text) {
    this.#text = text;
  }

  /** What changed since the last state. What waited already when the program became ready is shown by the tray, not announced. */
  update(state: AppState, popupFails: boolean): NoticeChanges {
    if (!state.ready) return { announce: [], withdraw: [] };
    const present = notices(this.#text, state, popupFails);
    const known = this.#known;
    this.#known = new Map(present.map(({ key, about }) => [key, about]));
    if (!known) return { announce: [], withdraw: [] };
    const withdraw: string[] = [];
    for (const [key, about] of known) {
      if (this.#known.has(key)) continue;
      // A problem is put away while its step is tried again; if it comes back, that is the same matter.
      if (isBeingTried(key, state)) this.#known.set(key, about);
      else withdraw.push(key);
    }
    return { announce: present.filter(({ key, about }) => about.some((matter) => !known.get(key)?.includes(matter))), withdraw };
  }
}

const isBeingTried = (key: string, { folders }: AppState): boolean =>
  key.startsWith('problem:') && folders.some((folder) => key.startsWith(`problem:${folder.id}:`) && (isWorking(folder) || folder.phase === 'retrying'));
