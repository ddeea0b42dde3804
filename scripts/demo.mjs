import { buildIfStale } from './build.mjs';
import { hasDisplay, sandboxRefusal } from './display.mjs';
import { electronExecutable } from './electron-dist.mjs';
import { reportFailure } from './failure.mjs';
import { handOver } from './run.mjs';
import { provideSystemTools } from './system-tools.mjs';

/** `npm run demo`: `lockstep demo` with the arguments given; with windows where windows can be. */
async function demo() {
  const args = process.argv.slice(2);
  await provideSystemTools(hasDisplay() ? 'window' : 'headless');
  await buildIfStale();
  const env = { ...process.env, ...(hasDisplay() ? await windows(args.includes('--no-sandbox')) : {}) };
  return handOver(process.execPath, ['out/cli.js', 'demo', ...args.filter((arg) => arg !== '--no-sandbox')], env);
}

/**
 * @param {boolean} unsandboxed
 * @returns {Promise<NodeJS.ProcessEnv>} what tells the demo how to open the app; nothing when it must do without
 */
async function windows(unsandboxed) {
  try {
    const executable = await electronExecutable();
    const refusal = unsandboxed ? undefined : sandboxRefusal(executable, 'run demo');
    if (refusal) throw new Error(refusal);
    return { LOCKSTEP_DEMO_ELECTRON: executable, ...(unsandboxed ? { LOCKSTEP_DEMO_ELECTRON_ARGS: '--no-sandbox' } : {}) };
  } catch (error) {
    // The demo shows what matters without windows too.
    reportFailure(error);
    console.error('The demo goes on without windows.');
    return {};
  }
}

process.exitCode = await demo().catch(reportFailure);
