// Runs inside Electron, copied into the fallback's resources/app: what Electron's own default app does for `electron FOLDER`.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app as publicApp } from 'electron/main';

/** Electron's own default app sets these two; they are left out of its public types. */
const app = /** @type {import('electron').App & { setVersion(version: string): void, setAppPath(path: string): void }} */ (publicApp);
const require = createRequire(import.meta.url);

/**
 * @param {readonly string[]} args
 * @returns {{ folder: string | undefined, preloads: string[] }}
 */
function parse(args) {
  /** @type {string[]} */
  const preloads = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '-r' || arg === '--require') preloads.push(args[++i] ?? '');
    else if (!arg.startsWith('-')) return { folder: resolve(arg), preloads };
  }
  return { folder: undefined, preloads };
}

const { folder, preloads } = parse(process.argv.slice(1));
if (!folder) {
  console.error('Name the folder of an app: electron FOLDER');
  process.exit(2);
}
/** @type {{ name?: string, productName?: string, version?: string, desktopName?: string }} */
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
if (manifest.version) app.setVersion(manifest.version);
app.name = manifest.productName ?? manifest.name ?? app.name;
app.setDesktopName(manifest.desktopName ?? `${app.name}.desktop`);
app.setAppPath(folder);
for (const preload of preloads) require(preload);
// Awaited at top level: Electron's `ready` waits until the app's main file has been evaluated, as it does for a packaged app.
await import(pathToFileURL(require.resolve(folder)).href);
