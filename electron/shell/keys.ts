import { app, BrowserWindow, Menu, type Input, type WebContents } from 'electron';

type Deed = (contents: WebContents, window: BrowserWindow) => void;
const ZOOM_STEP = 0.5;
const zoomBy =
  (step: number): Deed =>
  (contents) =>
    contents.setZoomLevel(contents.getZoomLevel() + step);

/** With Ctrl, in every window. What belongs to the page itself, such as Ctrl+K, is the page's. */
const KEYS: Readonly<Record<string, Deed>> = {
  q: () => app.quit(),
  w: (_contents, window) => window.close(),
  m: (_contents, window) => window.minimize(),
  '+': zoomBy(ZOOM_STEP),
  '=': zoomBy(ZOOM_STEP),
  '-': zoomBy(-ZOOM_STEP),
  '0': (contents) => contents.setZoomLevel(0),
};

/** The keys that a menu bar would bring; the windows draw none, and a frameless window's hidden one is deaf on some desktops. */
export function setKeys(): void {
  if (process.platform === 'darwin') return;
  Menu.setApplicationMenu(null);
  app.on('web-contents-created', (_event, contents) =>
    contents.on('before-input-event', (event, input) => {
      const window = BrowserWindow.fromWebContents(contents);
      const deed = window && isCommand(input) ? KEYS[input.key.toLowerCase()] : undefined;
      if (!window || !deed) return;
      event.preventDefault();
      deed(contents, window);
    }),
  );
}

const isCommand = ({ type, control, alt, meta }: Input): boolean => type === 'keyDown' && control && !alt && !meta;
