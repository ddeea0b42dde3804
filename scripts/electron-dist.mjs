import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fallbackElectron, makeFallbackElectron } from './electron-fallback.mjs';
import { downloadOfficialElectron, officialElectron } from './electron-official.mjs';
import { reportFailure } from './failure.mjs';

/**
 * A runnable Electron: the one that ELECTRON_OVERRIDE_DIST_PATH names, the official one, or the fallback; what is there
 * already before what must be fetched.
 * @returns {Promise<string>} path of the executable
 * @throws Error with one sentence when none can be had
 */
export async function electronExecutable() {
  const overridden = overriddenElectron();
  if (overridden) return overridden;
  const ready = officialElectron() ?? fallbackElectron();
  if (ready) return ready;
  const downloaded = await downloadOfficialElectron();
  if (downloaded) return downloaded;
  if (process.platform === 'linux' && process.arch === 'x64') return makeFallbackElectron();
  throw new Error(
    `Electron for ${process.platform} ${process.arch} could not be downloaded. Check the network (ELECTRON_MIRROR and ELECTRON_GET_USE_PROXY are honoured), or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.`,
  );
}

/** @returns {string | undefined} */
function overriddenElectron() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return undefined;
  const names = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron'];
  const executable = names.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (!executable) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but no Electron is there.`);
  return executable;
}

if (import.meta.filename === process.argv[1]) {
  const print = async () => {
    console.log(await electronExecutable());
    return 0;
  };
  process.exitCode = await print().catch(reportFailure);
}
