import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buildIfStale } from './build.mjs';
import { electronExecutable } from './electron-dist.mjs';
import { reportFailure } from './failure.mjs';
import { handOver, root } from './run.mjs';

const builderConfig = 'resources/electron-builder.yml';

/** `npm run package [-- dir|deb]`: an installable app in `dist/`, from the same Electron that the tests run. */
async function packageApp() {
  const targets = process.argv.slice(2);
  const strange = targets.find((target) => target !== 'dir' && target !== 'deb');
  if (strange) throw new Error(`Only dir and deb are made here, not ${strange}.`);
  await buildIfStale();
  const dist = dirname(await electronExecutable());
  const electronVersion = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  // electron-builder would download fpm, which is not everywhere in reach; dpkg-deb is on every machine that uses .deb.
  const env = { ...process.env, CUSTOM_FPM_PATH: process.env.CUSTOM_FPM_PATH ?? join(import.meta.dirname, 'fpm-for-deb.mjs') };
  const settings = [`--config.electronDist=${dist}`, `--config.electronVersion=${electronVersion}`];
  const builder = createRequire(join(root, 'package.json')).resolve('electron-builder/cli.js');
  return handOver(process.execPath, [builder, '--linux', ...(targets.length > 0 ? targets : ['deb']), '--config', builderConfig, ...settings, '--publish', 'never'], env);
}

process.exitCode = await packageApp().catch(reportFailure);
