import { posix } from 'node:path';
import { app } from 'electron';
import type { Place } from '../shared/place.ts';
import { createText } from '../shared/text/text.ts';
import type { Home } from './engine/home.ts';
import type { Host } from './engine/ports.ts';
import { homeSecrets } from './engine/ports/home-secrets.ts';
import { nodeFiles } from './engine/ports/node-files.ts';
import { nodePorts } from './engine/ports/node-ports.ts';
import { serveApp } from './shell/app-protocol.ts';
import { Autostart } from './shell/autostart.ts';
import { CommitPopup } from './shell/commit-popup.ts';
import { CurrentEngine } from './shell/current-engine.ts';
import { performer } from './shell/deeds.ts';
import { desktopSeal } from './shell/desktop-seal.ts';
import { serveWindows } from './shell/ipc-server.ts';
import { setKeys } from './shell/keys.ts';
import type { Launch } from './shell/launch.ts';
import { MainWindow } from './shell/main-window.ts';
import { Notifier } from './shell/notifier.ts';
import { onReturn } from './shell/power.ts';
import { takeSeat } from './shell/attach.ts';
import { shellHandlers } from './shell/shell-handlers.ts';
import { TrayIcon } from './shell/tray.ts';
import { TrayPresence } from './shell/tray-presence.ts';
import { windowMemory } from './shell/window-memory.ts';

interface RunningApp {
  /** Shows the window, at a place or where it was. */
  open(place: Place | null): void;
  stop(): Promise<void>;
}

/** Puts the desktop app together: one engine, and tray, window, popup and notifications as functions of its state. */
export async function startApp({ home, host, launch }: { home: Home; host: Host; launch: Launch }): Promise<RunningApp> {
  const root = app.getAppPath();
  const icons = posix.join(root, 'resources/icons');
  const icon = posix.join(icons, 'app-256.png');
  const preload = posix.join(root, 'out/preload/preload.cjs');
  serveApp(posix.join(root, 'out/renderer'));
  setKeys();

  const seal = await desktopSeal();
  const ports = nodePorts({ home, secrets: homeSecrets(home, nodeFiles, host.uid, seal) });
  const { clock, log } = ports;
  if (!seal) log.warn('This desktop has no keyring: secrets are kept in a file that only you can read', { file: home.secretsFile });

  const text = createText(app.getLocale().split('-')[0]);
  const ending = new AbortController();
  const engine = new CurrentEngine({ clock, log, take: (signal) => takeSeat({ ports, home, text, version: app.getVersion() }, signal) });

  const window = new MainWindow({ preload, icon, log, memory: windowMemory(app.getPath('userData')), onClose: () => (tray.present ? 'close' : minimised()) });
  const popup = new CommitPopup({ preload, icon, log, postpone: (id) => void engine.handlers?.['message.postpone']({ id }, ending.signal).catch((cause: unknown) => log.warn('Not put off', { cause: String(cause) })) });
  const open = (place: Place | null): void => {
    if (place?.view !== 'message') return window.open(place);
    if (!popup.open(place.id)) window.open({ view: 'folder', id: place.id });
  };
  const notifier = new Notifier({ text, icon, open });
  const minimised = () => {
    notifier.say(text.t('shell.notice.no-tray-title'), text.t('shell.notice.no-tray'));
    return 'minimise' as const;
  };
  const act = performer({ engine, log, open, quit: () => app.quit(), signal: ending.signal });
  const makeIcon = () => new TrayIcon({ icons, text, clock, desktop: host.env['XDG_CURRENT_DESKTOP'], act });
  const tray = new TrayPresence(makeIcon, host.env, (present) => log.info('Tray', { present }));
  const autostart = new Autostart({ configHome: host.env['XDG_CONFIG_HOME'] || posix.join(host.homeDirectory, '.config'), program: program(host, root), home: launch.home && home.directory, icon });

  const endIpc = serveWindows({
    engine,
    text,
    clock,
    log,
    shellHandlers: (asking) => shellHandlers({ engine, text, env: host.env, about: () => ({ version: app.getVersion(), keyring: seal !== null, attached: engine.attached, tray: tray.present }) }, asking),
  });
  engine.subscribe((state) => {
    popup.update(state);
    tray.update(state);
    notifier.update(state, popup.fails);
    if (state) autostart.keep(state.startAtLogin).catch((cause: unknown) => log.warn('Starting at login could not be arranged', { cause: String(cause) }));
  });
  const endPower = onReturn(() => engine.wake(), clock);
  engine.start(() => app.quit());

  if (!launch.hidden) open(launch.place);
  else if (!(await tray.known)) window.open(null, { minimised: true });

  return {
    open,
    async stop() {
      ending.abort();
      endPower();
      notifier.closeAll();
      tray.destroy();
      popup.destroy();
      window.destroy();
      endIpc();
      await engine.stop();
    },
  };
}

/** How the desktop starts us again. */
const program = ({ env }: Host, root: string): string[] => (app.isPackaged ? [env['APPIMAGE'] ?? process.execPath] : [process.execPath, root]);
