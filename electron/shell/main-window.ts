import { screen, type BrowserWindow } from 'electron';
import type { Place } from '../../shared/place.ts';
import type { Log } from '../engine/ports.ts';
import { createPageWindow, goToPlace } from './page-window.ts';
import { openingBounds, SMALLEST, type KeptWindow } from './window-bounds.ts';

interface MainWindowParts {
  readonly preload: string;
  readonly icon: string;
  readonly log: Log;
  /** Where size and position are kept between runs. */
  readonly memory: { read(): KeptWindow; write(kept: KeptWindow): void };
  /** Whether closing puts the window away only; without a tray it could not be found again, so it is minimised. */
  readonly onClose: () => 'close' | 'minimise';
}

/** The one main window: made when it is first wanted, gone when it is closed (the tray holds no page in memory). */
export class MainWindow {
  #window: BrowserWindow | null = null;
  readonly #parts: MainWindowParts;

  constructor(parts: MainWindowParts) {
    this.#parts = parts;
  }

  get isOpen(): boolean {
    return this.#window !== null;
  }

  /** Shows it in front, at a place or where it was. */
  open(place: Place | null, options: { minimised?: boolean } = {}): void {
    const window = this.#window ?? this.#create();
    if (place || window.webContents.getURL() === '') {
      goToPlace(window, place ?? { view: 'home' }).catch((cause: unknown) => this.#parts.log.error('The window could not load its page', { cause: String(cause) }));
    }
    if (options.minimised) return window.minimize();
    if (window.isMinimized()) window.restore();
    if (window.webContents.isLoadingMainFrame()) window.once('ready-to-show', () => window.show());
    else window.show();
    window.focus();
  }

  /** For good, whatever a closing window would do. */
  destroy(): void {
    if (this.#window) this.#remember(this.#window);
    this.#window?.destroy();
  }

  #create(): BrowserWindow {
    const kept = this.#parts.memory.read();
    const areas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea);
    const bounds = openingBounds(kept.bounds, areas);
    const window = createPageWindow(this.#parts.preload, { ...bounds, minWidth: SMALLEST.width, minHeight: SMALLEST.height, icon: this.#parts.icon, title: 'Lockstep' });
    if (kept.maximised) window.once('show', () => window.maximize());
    window.on('close', (event) => {
      this.#remember(window);
      if (this.#parts.onClose() === 'close') return;
      event.preventDefault();
      window.minimize();
    });
    window.on('closed', () => (this.#window = null));
    this.#window = window;
    return window;
  }

  #remember(window: BrowserWindow): void {
    this.#parts.memory.write({ bounds: window.getNormalBounds(), maximised: window.isMaximized() });
  }
}
