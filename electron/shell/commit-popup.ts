import { screen, type BrowserWindow } from 'electron';
import type { AppState } from '../../shared/app-state.ts';
import type { Log } from '../engine/ports.ts';
import { createPageWindow, goToPlace } from './page-window.ts';
import { PopupQueue } from './popup-queue.ts';
import { trayCorner } from './window-bounds.ts';

interface CommitPopupParts {
  readonly preload: string;
  readonly icon: string;
  readonly log: Log;
  /** The person closed it by the window's own means: the question is put off. */
  readonly postpone: (folder: string) => void;
  /** One could not be shown: `failed` has it now. */
  readonly onFailed: () => void;
}

const SIZE = { width: 416, height: 376 };

/**
 * The one popup that asks for a message: there because a folder's phase is `awaiting-message`, gone when that is over.
 * Each question has a window of its own: keys that were meant for one can never reach the next.
 */
export class CommitPopup {
  #window: BrowserWindow | null = null;
  #folder: string | null = null;
  readonly #queue = new PopupQueue();
  readonly #parts: CommitPopupParts;

  constructor(parts: CommitPopupParts) {
    this.#parts = parts;
  }

  /** Folders whose question could not be shown: it is announced like other things that wait. */
  get failed(): ReadonlySet<string> {
    return this.#queue.failed;
  }

  update(state: AppState | null): void {
    const next = this.#queue.update(state);
    if (next === null) this.destroy();
    else if (next !== this.#folder) this.#show(next);
  }

  /** Because the person asked for it: this folder's question, with the keyboard in it. False when it does not ask. */
  open(folder: string): boolean {
    if (!this.#queue.choose(folder)) return false;
    if (folder !== this.#folder) this.#show(folder);
    const window = this.#window;
    if (window?.webContents.isLoadingMainFrame()) window.once('ready-to-show', () => window.focus());
    else window?.focus();
    return true;
  }

  destroy(): void {
    const window = this.#window;
    this.#window = null;
    this.#folder = null;
    window?.destroy();
  }

  #show(folder: string): void {
    this.destroy();
    const window = this.#create(folder);
    this.#window = window;
    this.#folder = folder;
    goToPlace(window, { view: 'message', id: folder }).catch((cause: unknown) => this.#failed(window, folder, String(cause)));
  }

  #create(folder: string): BrowserWindow {
    const bounds = trayCorner(SIZE, screen.getPrimaryDisplay());
    const window = createPageWindow(this.#parts.preload, {
      ...bounds,
      icon: this.#parts.icon,
      title: 'Lockstep',
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
    });
    // Never takes the keyboard from what the person is doing.
    window.once('ready-to-show', () => window.showInactive());
    window.webContents.on('render-process-gone', (_event, { reason }) => this.#failed(window, folder, reason));
    window.on('close', () => this.#closed(window, folder));
    return window;
  }

  #closed(window: BrowserWindow, folder: string): void {
    if (window !== this.#window) return;
    this.#window = null;
    this.#folder = null;
    if (this.#queue.close(folder)) this.#parts.postpone(folder);
  }

  /** A window that was taken away before its page was there has not failed. */
  #failed(window: BrowserWindow, folder: string, cause: string): void {
    if (window !== this.#window) return;
    this.#parts.log.error('The popup could not be shown', { cause });
    this.#queue.fail(folder);
    this.destroy();
    this.#parts.onFailed();
  }
}
