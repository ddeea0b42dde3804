import type { AppState } from '../../shared/app-state.ts';
import { watchBusName } from './bus-name.ts';
import type { TrayIcon } from './tray.ts';

const WATCHER = 'org.kde.StatusNotifierWatcher';

/** The tray icon, there while the desktop has a tray: a panel that starts after us gets one, too. */
export class TrayPresence {
  #icon: TrayIcon | null = null;
  #state: AppState | null = null;
  readonly #end: () => void;
  /** Whether there is a tray, once that is known. */
  readonly known: Promise<boolean>;

  constructor(make: () => TrayIcon, env: Readonly<Record<string, string | undefined>>, changed: (present: boolean) => void) {
    let tell: (present: boolean) => void = () => {};
    this.known = new Promise((resolve) => (tell = resolve));
    const found = (present: boolean) => {
      this.#icon?.destroy();
      this.#icon = present ? make() : null;
      this.#icon?.update(this.#state);
      tell(present);
      changed(present);
    };
    if (process.platform === 'linux') this.#end = watchBusName(WATCHER, env, found);
    else {
      this.#end = () => undefined;
      found(true);
    }
  }

  get present(): boolean {
    return this.#icon !== null;
  }

  update(state: AppState | null): void {
    this.#state = state;
    this.#icon?.update(state);
  }

  destroy(): void {
    this.#end();
    this.#icon?.destroy();
    this.#icon = null;
  }
}
