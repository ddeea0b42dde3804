import { Notification } from 'electron';
import type { AppState } from '../../shared/app-state.ts';
import type { Place } from '../../shared/place.ts';
import type { Text } from '../../shared/text/text.ts';
import type { Clock } from '../engine/ports.ts';
import { NoticeBoard, type Notice, type NoticeMemory } from './notices.ts';

interface NotifierParts {
  readonly text: Text;
  readonly icon: string;
  readonly clock: Clock;
  readonly memory: NoticeMemory;
  readonly open: (place: Place) => void;
}

/** Puts notices on the desktop and takes them back when the matter is settled. Buttons are left out: Linux drops them. */
export class Notifier {
  readonly #board: NoticeBoard;
  readonly #parts: NotifierParts;
  /** Held on to while they are on the screen: a collected one would no longer hear its click. */
  readonly #shown = new Map<string, Notification>();

  constructor(parts: NotifierParts) {
    this.#parts = parts;
    this.#board = new NoticeBoard(parts.text, parts.memory);
  }

  update(state: AppState | null, unasked: ReadonlySet<string>): void {
    if (!state) return;
    const { announce, withdraw } = this.#board.update(state, unasked, this.#parts.clock.now());
    for (const key of withdraw) this.#close(key);
    for (const notice of announce) this.#show(notice);
  }

  /** One that stands for no state: it is shown once and forgotten. */
  say(title: string, body: string): void {
    this.#show({ key: title, about: [], title, body, place: { view: 'home' } });
  }

  closeAll(): void {
    for (const key of [...this.#shown.keys()]) this.#close(key);
  }

  #show({ key, title, body, place }: Notice): void {
    if (!Notification.isSupported()) return;
    this.#close(key);
    const notification = new Notification({ title, body, icon: this.#parts.icon });
    notification.on('click', () => this.#parts.open(place));
    notification.on('close', () => {
      if (this.#shown.get(key) === notification) this.#shown.delete(key);
    });
    this.#shown.set(key, notification);
    notification.show();
  }

  #close(key: string): void {
    const notification = this.#shown.get(key);
    this.#shown.delete(key);
    notification?.close();
  }
}
