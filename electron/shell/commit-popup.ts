import { screen, type BrowserWindow } from 'electron';
import type { AppState } from '../../shared/app-state.ts';
import type { Log } from '../engine/ports.ts';
import { createPageWindow, goToPlace } from './page-window.ts';
import { askingFolder } from './popup-queue.ts';
import { trayCorner } from './window-bounds.ts';

interface CommitPopupParts {
  readonly preload: string;
  readonly icon: string;
  readonly log: Log;
  /** The person closed it by the window's own means: the question is put off. */
  readonly postpone: (folder: string) => void;
}

const SIZE = { width: 416, height: 376 };

/** The one popup that asks for a message: there because a folder's phase is `awaiting-message`, gone when that is over. */
export class CommitPopup {
  #window: BrowserWindow | null = null;
  #folder: string | null = null;
  /** Put off by closing it; the state has not said so yet. */
  #putOff: string | null = null;
  #fails = false;
  #asking: readonly string[] = [];
  readonly #parts: CommitPopupParts;

  constructor(parts: CommitPopupParts) {
    this.#parts = parts;
  }

  /** Whether it could not be shown: then the question is announced like other things that wait. */
  get fails(): boolean {
    return this.#fails;
  }

  update(state: AppState | null): void {
    const { next, asking } = askingFolder(state, this.#folder, this.#putOff);
    this.#asking = asking;
    if (this.#putOff !== null && !asking.includes(this.#putOff)) this.#putOff = null;
    if (next === null) this.destroy();
    else if (next !== this.#folder && !this.#fails) this.#show(next);
  }

  /** Because the person asked for it: this folder's question, with the keyboard in it. False when it does not ask. */
  open(folder: string): boolean {
    if (!this.#asking.includes(folder)) return false;
    this.#putOff = null;
    this.#fails = false;
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
    const window = (this.#window ??= this.#create());
    this.#folder = folder;
    goToPlace(window, { view: 'message', id: folder }).catch((cause: unknown) => this.#failed(String(cause)));
  }

  #create(): BrowserWindow {
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
    window.webContents.on('render-process-gone', (_event, { reason }) => this.#failed(reason));
    window.on('close', () => this.#closed(window));
    return window;
  }

  #closed(window: BrowserWindow): void {
    if (window !== this.#window) return;
    const folder = this.#folder;
    this.#window = null;
    this.#folder = null;
    if (folder === null || !this.#asking.includes(folder)) return;
    this.#putOff = folder;
    this.#parts.postpone(folder);
  }

  #failed(cause: string): void {
    this.#parts.log.error('The popup could not be shown', { cause });
    this.#fails = true;
    this.destroy();
  }
}
