import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

const limitMs = 5 * 60_000;
const sourceFolders = ['shared', 'electron', 'renderer'];
const sourceFiles = ['package.json', 'package-lock.json', 'tsconfig.json'];
const products = ['out/cli.js', 'out/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html'];

/**
 * Builds `out/` when a product is missing or older than a source.
 * @throws Error with the builder's output when the build fails
 */
export async function buildIfStale() {
  if (oldestProductMs() >= newestSourceMs()) return;
  console.error('Building…');
  const cli = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const { code, output, aborted } = await run(process.execPath, [cli, 'build', '--config', 'electron/vite.config.ts'], { env: { ...process.env, NO_COLOR: '1' }, quiet: true, signal: AbortSignal.timeout(limitMs) });
  if (code !== 0) throw new Error(`The build ${aborted ? 'took too long' : 'failed'}:\n${output.trim()}`);
}

/** @returns {number} 0 when one is missing */
function oldestProductMs() {
  return Math.min(...products.map((path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0));
}

/** @returns {number} folders count as well: theirs is the time a source was last removed or renamed */
function newestSourceMs() {
  const below = sourceFolders.flatMap((folder) => [join(root, folder), ...readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name))]);
  const paths = [...below, ...sourceFiles.map((name) => join(root, name))];
  return Math.max(...paths.map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0));
}
