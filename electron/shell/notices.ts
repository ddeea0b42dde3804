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
 * shown (`unasked`, folder ids) it is announced like the rest.
 */
export function notices(text: Text, state: AppState, unasked: ReadonlySet<string>): Notice[] {
  // No sentence may name a time left: a notification stays on the screen. At the end of time none is left.
  const items = waitingItems(text, state, Number.POSITIVE_INFINITY).filter(({ kind, folders }) => kind !== 'conflict' && (kind !== 'message' || folders.some(({ id }) => unasked.has(id))));
  const others = items.map((item): Notice => {
    const [first] = item.folders;
    const held = item.kind === 'held' ? state.folders.find(({ id }) => id === first?.id)?.held.map(({ code, path }) => `${code}:${path}`) : undefined;
    return { key: item.key, about: item.mirror?.about ?? held ?? [item.key], title: item.mirror?.name ?? first?.name ?? text.t('shell.app'), body: item.sentence, place: placeOf(item) };
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

/** What was announced, by key, kept from one run of the app to the next. */
export interface NoticeMemory {
  /** Null: nothing was ever kept. */
  read(): ReadonlyMap<string, readonly string[]> | null;
  write(known: ReadonlyMap<string, readonly string[]>): void;
}

/** A folder is looked at anew when the engine starts: what waited before is back within this time, or settled. */
const FOUND_AGAIN_MS = 5 * 60_000;

/**
 * Remembers what was announced, so that each matter is announced once, and again only when it comes anew: also when the
 * app or the engine was started again in between. Problems are known by their codes: since when they are there is
 * counted anew with each start.
 */
export class NoticeBoard {
  #known: ReadonlyMap<string, readonly string[]> | null;
  /** Known from before the engine's last start, and not seen since. */
  #unseen = new Set<string>();
  #engine = '';
  #readyAtMs = 0;
  readonly #text: Text;
  readonly #memory: NoticeMemory;

  constructor(text: Text, memory: NoticeMemory) {
    this.#text = text;
    this.#memory = memory;
    this.#known = memory.read();
  }

  /** What changed since the last state. What waits already when the app is ready for the first time is shown by the tray, not announced. */
  update(state: AppState, unasked: ReadonlySet<string>, nowMs: number): NoticeChanges {
    if (!state.ready) return { announce: [], withdraw: [] };
    const present = notices(this.#text, state, unasked);
    const known = this.#known ?? aboutByKey(present);
    this.#notice(state, known, nowMs);
    for (const { key } of present) this.#unseen.delete(key);
    const isStarting = nowMs < this.#readyAtMs + FOUND_AGAIN_MS;
    const next = new Map(present.map(({ key, about }) => [key, isStarting ? [...new Set([...(known.get(key) ?? []), ...about])] : about]));
    const withdraw: string[] = [];
    for (const [key, about] of known) {
      if (next.has(key)) continue;
      // A problem is put away while its step is tried again; if it comes back, that is the same matter.
      if (isBeingTried(key, state) || (isStarting && this.#unseen.has(key))) next.set(key, about);
      else withdraw.push(key);
    }
    this.#keep(next);
    return { announce: present.filter(({ key, about }) => about.some((matter) => !known.get(key)?.includes(matter))), withdraw };
  }

  /** Sees whether this is another run of the engine. */
  #notice({ pid, startedAt }: AppState, known: ReadonlyMap<string, unknown>, nowMs: number): void {
    const engine = `${pid} ${startedAt}`;
    if (engine === this.#engine) return;
    this.#engine = engine;
    this.#readyAtMs = nowMs;
    this.#unseen = new Set(known.keys());
  }

  #keep(known: ReadonlyMap<string, readonly string[]>): void {
    const isSame = this.#known?.size === known.size && [...known].every(([key, about]) => this.#known?.get(key)?.join('\n') === about.join('\n'));
    this.#known = known;
    if (!isSame) this.#memory.write(known);
  }
}

const aboutByKey = (present: readonly Notice[]): ReadonlyMap<string, readonly string[]> => new Map(present.map(({ key, about }) => [key, about]));

const isBeingTried = (key: string, { folders, mirrors }: AppState): boolean =>
  mirrors.some(({ id, running }) => running !== null && (key === `mirror:${id}` || key.startsWith(`mirror-problem:${id}:`))) ||
  key.startsWith('problem:') && folders.some((folder) => key.startsWith(`problem:${folder.id}:`) && (isWorking(folder) || folder.phase === 'retrying'));
