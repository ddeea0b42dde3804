import { BrowserWindow, nativeTheme, type BrowserWindowConstructorOptions } from 'electron';
import { placeHash, type Place } from '../../shared/place.ts';
import { APP_ORIGIN } from './app-protocol.ts';

const PAGE = `${APP_ORIGIN}/index.html`;
/** The page's own ground, so that nothing flashes before it is drawn. */
const GROUND = { light: '#FBFBFA', dark: '#17191A' };

/** A window with our page in it, not yet shown: sandboxed, isolated, without Node. */
export function createPageWindow(preload: string, options: BrowserWindowConstructorOptions): BrowserWindow {
  return new BrowserWindow({
    ...options,
    show: false,
    frame: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      safeDialogs: true,
      spellcheck: false,
    },
  });
}

/** Takes the window's page to a place; a page that is there already only changes its hash. */
export async function goToPlace(window: BrowserWindow, place: Place): Promise<void> {
  const address = PAGE + placeHash(place);
  if (window.webContents.getURL() !== address) await window.loadURL(address);
}
