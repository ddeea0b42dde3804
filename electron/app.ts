import { posix } from 'node:path';
import { app } from 'electron';
import type { Place } from '../shared/place.ts';
import { createText, type Text } from '../shared/text/text.ts';
import type { Home } from './engine/home.ts';
import type { Host } from './engine/ports.ts';
import { homeSecrets } from './engine/ports/home-secrets.ts';
import { nodeFiles } from './engine/ports/node-files.ts';
import { nodePorts } from './engine/ports/node-ports.ts';
import { serveApp } from './shell/app-protocol.ts';
import { takeSeat } from './shell/attach.ts';
import { Autostart } from './shell/autostart.ts';
import { CommitPopup } from './shell/commit-popup.ts';
import { CurrentEngine } from './shell/current-engine.ts';
import { performer } from './shell/deeds.ts';
import { desktopSeal } from './shell/desktop-seal.ts';
import { serveWindows } from './shell/ipc-server.ts';
import { setKeys } from './shell/keys.ts';
import type { Launch } from './shell/launch.ts';
import { MainWindow } from './shell/main-window.ts';
import { noticeMemory } from './shell/notice-memory.ts';
import { Notifier } from './shell/notifier.ts';
import { onReturn } from './shell/power.ts';
import { shellHandlers } from './shell/shell-handlers.ts';
import { TrayIcon } from './shell/tray.ts';
import { TrayPresence } from './shell/tray-presence.ts';
import { windowMemory } from './shell/window-memory.ts';

interface Start {
  readonly home: Home;
  readonly host: Host;
  readonly launch: Launch;
}

interface RunningApp {
  /** Shows the window, at a place or where it was. */
  open(place: Place | null): void;
  stop(): Promise<void>;
}

/** Puts the desktop app together: one engine, and tray, window, popup and notifications as functions of its state. */
export async function startApp(start: Start): Promise<RunningApp> {
  const { home, host, launch } = start;
  const text = createText(app.getLocale().split('-')[0]);
  const seal = await desktopSeal();
  const ports = nodePorts({ home, secrets: homeSecrets(home, nodeFiles, host.uid, seal) });
  const { clock, log } = ports;
  if (!seal) log.warn('This desktop has no keyring: secrets are kept in a file that only you can read', { file: home.secretsFile });
  serveApp(below('out/renderer'));
  setKeys();

  const engine = new CurrentEngine({ clock, log, take: (signal) => takeSeat({ ports, home, text, version: app.getVersion() }, signal) });
  const ending = new AbortController();
  const faces = createFaces({ engine, text, clock, log, host, ending: ending.signal });
  const { tray, open } = faces;
  const about = () => ({ version: app.getVersion(), keyring: seal !== null, attached: engine.attached, tray: tray.present });
  const endIpc = serveWindows({ engine, text, clock, log, shellHandlers: (asking) => shellHandlers({ engine, text, clock, env: host.env, about }, asking) });
  const autostart = createAutostart(start);
  engine.subscribe((state) => {
    faces.update();
    if (state) autostart.keep(state.startAtLogin).catch((cause: unknown) => log.warn('Starting at login could not be arranged', { cause: String(cause) }));
  });
  const endPower = onReturn(() => engine.wake(), clock);
  engine.start(() => app.quit());

  if (!launch.hidden) open(launch.place);
  else if (!(await tray.known)) faces.openMinimised();
  return {
    open,
    async stop() {
      ending.abort();
      endPower();
      faces.destroy();
      endIpc();
      await engine.stop();
      await ports.http.close();
    },
  };
}

interface FaceParts extends Pick<ReturnType<typeof nodePorts>, 'clock' | 'log'> {
  readonly engine: CurrentEngine;
  readonly text: Text;
  readonly host: Host;
  readonly ending: AbortSignal;
}

/** What a person sees of the engine, and how each leads to the others. */
function createFaces({ engine, text, clock, log, host, ending }: FaceParts) {
  const icons = below('resources/icons');
  const page = { preload: below('out/preload/preload.cjs'), icon: appIcon(), log };
  const window = new MainWindow({ ...page, memory: windowMemory(app.getPath('userData')), onClose: () => (tray.present ? 'close' : minimised()) });
  const postpone = (id: string) => void engine.handlers?.['message.postpone']({ id }, ending).catch((cause: unknown) => log.warn('Not put off', { cause: String(cause) }));
  const popup = new CommitPopup({ ...page, postpone, onFailed: () => update() });
  const open = (place: Place | null): void => {
    if (place?.view !== 'message') window.open(place);
    else if (!popup.open(place.id)) window.open({ view: 'folder', id: place.id });
  };
  const notifier = new Notifier({ text, icon: page.icon, clock, memory: noticeMemory(app.getPath('userData')), open });
  const minimised = () => {
    notifier.say(text.t('shell.notice.no-tray-title'), text.t('shell.notice.no-tray'));
    return 'minimise' as const;
  };
  const act = performer({ engine, text, clock, log, open, quit: () => app.quit(), signal: ending });
  const makeIcon = () => new TrayIcon({ icons, text, clock, desktop: host.env['XDG_CURRENT_DESKTOP'], act });
  const tray = new TrayPresence(makeIcon, host.env, (present) => log.info('Tray', { present }));
  const update = () => {
    popup.update(engine.state);
    tray.update(engine.state);
    notifier.update(engine.state, popup.failed);
  };
  return {
    tray,
    open,
    openMinimised: () => window.open(null, { minimised: true }),
    update,
    destroy: () => {
      notifier.closeAll();
      for (const face of [tray, popup, window]) face.destroy();
    },
  };
}

/** An entry for the desktop that starts this app on this home again. */
function createAutostart({ home, host: { env, homeDirectory }, launch }: Start): Autostart {
  const program = app.isPackaged ? [env['APPIMAGE'] ?? process.execPath] : [process.execPath, app.getAppPath()];
  // Inside a package no desktop could read our picture; its own entry has brought the icon under this name.
  const icon = app.isPackaged ? 'lockstep' : appIcon();
  return new Autostart({ configHome: env['XDG_CONFIG_HOME'] || posix.join(homeDirectory, '.config'), program, home: launch.home && home.directory, icon });
}

const below = (path: string): string => posix.join(app.getAppPath(), path);
const appIcon = (): string => below('resources/icons/app-256.png');
