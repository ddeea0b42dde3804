import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { startApp } from './app.ts';
import { resolveHome } from './engine/home.ts';
import { nodeClock } from './engine/ports/node-clock.ts';
import { nodeHost } from './engine/ports/node-host.ts';
import { registerAppScheme } from './shell/app-protocol.ts';
import { parseLaunch } from './shell/launch.ts';
import { quitAfter } from './shell/quit.ts';
import { claimInstance } from './shell/single-instance.ts';
import { secureAllWindows } from './shell/window-security.ts';

const args = process.argv.slice(1);
const launch = parseLaunch(args);
const host = nodeHost(process.env);
const home = resolveHome(host, launch.home);

// The browser's own files lie below the home as well; that also makes the instance lock one per home.
mkdirSync(home.directory, { recursive: true, mode: 0o700 });
app.setPath('userData', join(home.directory, 'desktop'));

if (claimInstance(args, ({ place }) => void starting.then((running) => running.open(place)))) {
  // It would override the switch, without which Electron does not start as root or in a container.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  registerAppScheme();
  secureAllWindows();
  // Closing the last window ends nothing: the tray is the app (and without a tray the window is only minimised).
  app.on('window-all-closed', () => undefined);
  quitAfter(async () => (await starting).stop(), nodeClock);
} else {
  app.exit(0);
}

const starting = app.whenReady().then(() => startApp({ home, host, launch }));
starting.catch((error: unknown) => {
  process.stderr.write(`Lockstep could not start: ${String(error)}\n`);
  app.exit(1);
});
