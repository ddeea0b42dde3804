import { join } from 'node:path';
import { Menu, nativeImage, nativeTheme, screen, Tray, type MenuItemConstructorOptions } from 'electron';
import type { AppState } from '../../shared/app-state.ts';
import { headline } from '../../shared/text/headline.ts';
import type { Text } from '../../shared/text/text.ts';
import { waitingItems } from '../../shared/text/waiting-items.ts';
import type { Clock } from '../engine/ports.ts';
import { atMostEvery, type Paced } from './at-most-every.ts';
import { SteadyMark } from './steady-mark.ts';
import { trayMark, type TrayMark } from './tray-mark.ts';
import { trayMenu, type MenuAct, type MenuEntry } from './tray-menu.ts';

interface TrayParts {
  readonly icons: string;
  readonly text: Text;
  readonly clock: Clock;
  readonly desktop: string | undefined;
  readonly act: (deed: MenuAct) => void;
}

const SIZES = [22, 32, 44];
/** Many folders at work change the words many times a second, and the whole menu goes over the bus each time. */
const WORDS_EVERY_MS = 500;
/** Desktops whose panel is dark whatever the theme of the windows. */
const DARK_PANELS = /GNOME|Unity|Pantheon|Budgie|Cinnamon/i;

/** The icon in the panel: a picture of the state, its headline as the tooltip, and everything else in the menu. */
export class TrayIcon {
  readonly #tray: Tray;
  readonly #parts: TrayParts;
  readonly #mark: SteadyMark;
  #shown: TrayMark = 'idle';
  #state: AppState | null = null;
  #menu = '';
  readonly #words: Paced;
  readonly #themeChanged = () => this.#tray.setImage(this.#image());

  constructor(parts: TrayParts) {
    this.#parts = parts;
    this.#tray = new Tray(this.#image());
    this.#mark = new SteadyMark(parts.clock, (mark) => {
      this.#shown = mark;
      this.#tray.setImage(this.#image());
    });
    this.#words = atMostEvery(parts.clock, WORDS_EVERY_MS, () => this.#say());
    // Panels differ in what a click does; where it is told at all, it opens the window.
    this.#tray.on('click', () => parts.act({ act: 'open', place: null }));
    nativeTheme.on('updated', this.#themeChanged);
  }

  update(state: AppState | null): void {
    const { text, clock } = this.#parts;
    this.#state = state;
    this.#mark.want(trayMark(state, state ? waitingItems(text, state, clock.now()) : []));
    this.#words.call();
  }

  destroy(): void {
    nativeTheme.off('updated', this.#themeChanged);
    this.#mark.stop();
    this.#words.stop();
    this.#tray.destroy();
  }

  #say(): void {
    const { text, clock } = this.#parts;
    const nowMs = clock.now();
    this.#tray.setToolTip(this.#state ? headline(text, this.#state, nowMs).title : text.t('shell.silent'));
    const entries = trayMenu(text, this.#state, nowMs);
    // A menu that is open is laid out anew when it is replaced: only when its words have changed.
    const menu = JSON.stringify(entries);
    if (menu === this.#menu) return;
    this.#menu = menu;
    this.#tray.setContextMenu(Menu.buildFromTemplate(entries.map((entry) => this.#item(entry))));
  }

  #item(entry: MenuEntry): MenuItemConstructorOptions {
    switch (entry.kind) {
      case 'line':
        return { type: 'separator' };
      case 'words':
        return { label: literal(entry.label), enabled: false };
      case 'deed':
        return { label: literal(entry.label), click: () => this.#parts.act(entry.deed) };
      case 'menu':
        return { label: literal(entry.label), submenu: entry.entries.map((inner) => this.#item(inner)) };
    }
  }

  #image() {
    const { icons, desktop } = this.#parts;
    const wanted = 22 * screen.getPrimaryDisplay().scaleFactor;
    const size = SIZES.find((candidate) => candidate >= wanted - 2) ?? 44;
    const panel = nativeTheme.shouldUseDarkColors || DARK_PANELS.test(desktop ?? '') ? 'dark' : 'light';
    return nativeImage.createFromPath(join(icons, 'tray', `${this.#shown}-${size}-${panel}.png`));
  }
}

/** In a menu's label `&` would mark a key. */
const literal = (label: string): string => label.replaceAll('&', '&&');
