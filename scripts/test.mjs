import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale } from './build.mjs';
import { check } from './check.mjs';
import { electronExecutable } from './electron-dist.mjs';
import { reportFailure } from './failure.mjs';
import { readPlaywrightReport, readVitestReport, sumCounts } from './reports.mjs';
import { run } from './run.mjs';
import { stage } from './stage.mjs';
import { provideSystemTools } from './system-tools.mjs';

const endToEndLimitMs = 30 * 60_000;
const simulationLimitMs = 20 * 60_000;

/** Always the same, so that nobody's change turns red for what it did not do. `npm run torture` draws others. */
const simulationSeed = '1';
const simulatedOperations = '6000';

const parts = ['unit', 'e2e', 'simulation'];

/** `npm test [-- --only unit|simulation|e2e [ARGUMENTS FOR PLAYWRIGHT…]]`: everything, from the system's packages to the real app. */
async function test() {
  const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
  if (values.only !== undefined && !parts.includes(values.only)) throw new Error(`--only takes one of ${parts.join(', ')}.`);
  /** @param {string} part */
  const isWanted = (part) => values.only === undefined || values.only === part;
  const reports = mkdtempSync(join(tmpdir(), 'lockstep-test-'));
  const unitReport = join(reports, 'vitest.json');
  const endToEndReport = join(reports, 'playwright.json');
  let failure;
  let simulated = { passed: 0, failed: 0, skipped: 0 };
  try {
    await stage('system tools', () => provideSystemTools('test'));
    await stage('build', buildIfStale);
    if (isWanted('unit')) await stage('check', () => executed(check({ reportFile: unitReport }), () => readVitestReport(unitReport)));
    if (isWanted('e2e')) {
      const electron = await stage('electron', electronExecutable);
      await stage('end to end', () => executed(runEndToEnd(electron, endToEndReport, positionals), () => readPlaywrightReport(endToEndReport)));
    }
    // By itself: it takes all processors, and the other tests have limits of time.
    if (isWanted('simulation')) simulated = await stage('simulation', runSimulation);
  } catch (error) {
    failure = error;
  }
  const counts = sumCounts([readVitestReport(unitReport), simulated, readPlaywrightReport(endToEndReport)]);
  rmSync(reports, { recursive: true, force: true });
  return summarize(counts, failure);
}

/**
 * @param {import('./reports.mjs').Counts} counts
 * @param {unknown} failure  of the first stage that failed
 * @returns {number} exit code
 */
function summarize({ passed, failed, skipped }, failure) {
  if (failure) reportFailure(failure);
  if (skipped > 0) console.log(`${skipped} skipped`);
  // A stage can fail without a failed test (types, lint, no build): the last line must not read like a success then.
  console.log(`${passed} passed, ${failure ? Math.max(failed, 1) : failed} failed`);
  return failure || failed > 0 ? 1 : 0;
}

/**
 * A stage that executed no test has shown nothing.
 * @param {Promise<void>} work
 * @param {() => import('./reports.mjs').Counts} counts
 */
async function executed(work, counts) {
  await work;
  if (counts().passed === 0) throw new Error('No test was executed.');
}

/** Random histories; `LOCKSTEP_SIMULATED_OPERATIONS` and `LOCKSTEP_SIMULATION_SEED` are its parameters. What fails says how to see it again. Counts as one test. */
async function runSimulation() {
  const env = { LOCKSTEP_SIMULATION_SEED: simulationSeed, LOCKSTEP_SIMULATED_OPERATIONS: simulatedOperations, ...process.env };
  const { code, aborted } = await run(process.execPath, ['scripts/torture.mjs', 'simulation', '--page', 'out/torture/simulation.md'], { env, signal: AbortSignal.timeout(simulationLimitMs) });
  if (code !== 0) throw new Error(aborted ? 'It took too long.' : 'See above.');
  return { passed: 1, failed: 0, skipped: 0 };
}

/**
 * The Playwright tests on a virtual display and a D-Bus session of their own.
 * @param {string} electron
 * @param {string} report
 * @param {readonly string[]} args
 */
async function runEndToEnd(electron, report, args) {
  const env = {
    ...process.env,
    ELECTRON_OVERRIDE_DIST_PATH: dirname(electron),
    LOCKSTEP_ELECTRON: electron,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    // One font on every machine, so that the pictures are the same.
    FONTCONFIG_FILE: join(import.meta.dirname, 'fonts.conf'),
    XDG_SESSION_TYPE: 'x11',
  };
  // Electron would leave the virtual display for the real one.
  delete (/** @type {NodeJS.ProcessEnv} */ (env).WAYLAND_DISPLAY);
  const playwright = [process.execPath, 'node_modules/@playwright/test/cli.js', 'test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json', ...args];
  const display = ['-a', '-s', '-screen 0 1600x1000x24', 'dbus-run-session', '--'];
  const { code, aborted } = await run('xvfb-run', [...display, ...playwright], { env, signal: AbortSignal.timeout(endToEndLimitMs) });
  if (code !== 0) throw new Error(aborted ? 'They took too long.' : 'See above.');
}

process.exitCode = await test().catch(reportFailure);
