import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './run.mjs';

const packageFolder = join(root, 'node_modules/electron');
/** A download that brings no byte for so long is given up; one that is merely slow is not. */
const stallMs = 20_000;
const limitMs = 15 * 60_000;

/**
 * The official binary, when its installer has been through. It writes `path.txt` last, so that file stands for the whole.
 * @returns {string | undefined}
 */
export function officialElectron() {
  const pathFile = join(packageFolder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const executable = join(packageFolder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(executable) ? executable : undefined;
}

/**
 * Runs the installer that npm was told not to run (`.npmrc`), so that a network without Electron's release host costs
 * seconds here and never hangs `npm ci`.
 * @returns {Promise<string | undefined>}  the executable, or nothing when the download is out of reach
 */
export async function downloadOfficialElectron() {
  console.error('Downloading Electron (once, about 120 MB)…');
  const scratch = mkdtempSync(join(tmpdir(), 'lockstep-electron-'));
  const stalled = new AbortController();
  const watch = watchForStall(() => bytesBelow(scratch) + bytesBelow(join(packageFolder, 'dist')), stalled);
  try {
    const env = { ...process.env, TMPDIR: scratch, ELECTRON_GET_NO_PROGRESS: '1' };
    await run(process.execPath, [join(packageFolder, 'install.js')], { env, quiet: true, signal: AbortSignal.any([stalled.signal, AbortSignal.timeout(limitMs)]) });
  } finally {
    clearInterval(watch);
    rmSync(scratch, { recursive: true, force: true });
  }
  return officialElectron();
}

/**
 * @param {() => number} measure  bytes so far
 * @param {AbortController} stalled
 */
function watchForStall(measure, stalled) {
  let bytes = -1;
  let grownAt = performance.now();
  return setInterval(() => {
    const now = measure();
    if (now !== bytes) grownAt = performance.now();
    bytes = now;
    if (performance.now() - grownAt > stallMs) stalled.abort();
  }, 1000);
}

/**
 * @param {string} folder
 * @returns {number}
 */
function bytesBelow(folder) {
  if (!existsSync(folder)) return 0;
  let sum = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    // The installer moves its files while we count them.
    if (entry.isFile()) sum += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return sum;
}
