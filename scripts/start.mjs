import { buildIfStale } from './build.mjs';
import { hasDisplay, sandboxRefusal } from './display.mjs';
import { electronExecutable } from './electron-dist.mjs';
import { reportFailure } from './failure.mjs';
import { handOver, root } from './run.mjs';
import { provideSystemTools } from './system-tools.mjs';

/** `npm start`: the desktop app, or without a display the daemon, with the arguments given. */
async function start() {
  const args = process.argv.slice(2);
  const unsandboxed = args.includes('--no-sandbox');
  await provideSystemTools(hasDisplay() ? 'window' : 'headless');
  if (!hasDisplay()) {
    await buildIfStale();
    console.error('There is no display here: running the daemon instead of the desktop app.');
    return handOver(process.execPath, ['out/cli.js', 'daemon', ...args.filter((arg) => arg !== '--no-sandbox')]);
  }
  const executable = await electronExecutable();
  const refusal = unsandboxed ? undefined : sandboxRefusal(executable, 'start');
  if (refusal) throw new Error(refusal);
  await buildIfStale();
  return handOver(executable, [root, ...args]);
}

process.exitCode = await start().catch(reportFailure);
