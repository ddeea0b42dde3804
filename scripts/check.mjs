import { reportFailure } from './failure.mjs';
import { run } from './run.mjs';
import { stage } from './stage.mjs';

const staticLimitMs = 10 * 60_000;
const testLimitMs = 20 * 60_000;

const tsc = ['node_modules/typescript/bin/tsc', '--noEmit', '-p'];
/** Two lanes side by side: lint takes about as long as all of the rest. */
const lanes = [
  [
    { name: 'types', args: [...tsc, 'tsconfig.json'] },
    { name: 'types of the renderer', args: [...tsc, 'renderer/tsconfig.json'] },
    { name: 'types of the end-to-end tests', args: [...tsc, 'e2e/tsconfig.json'] },
    { name: 'types of the scripts', args: [...tsc, 'scripts/tsconfig.json'] },
    { name: 'unused code', args: ['node_modules/knip/bin/knip.js'] },
  ],
  [{ name: 'lint', args: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'] }],
];

/**
 * Types, lint, unused code, then the unit and integration tests (import directions are one of them). All of it runs,
 * so that one run shows everything there is to mend.
 * @param {{ reportFile?: string }} [options]  reportFile: where vitest writes its json report
 * @throws Error with what failed
 */
export async function check({ reportFile } = {}) {
  const failures = (await Promise.all(lanes.map(runLane))).flat();
  const tests = await stage('unit and integration tests', () => runTests(reportFile)).catch(asFailure);
  const all = [...failures, ...(tests ?? [])];
  if (all.length > 0) throw new Error(all.join('\n\n'));
}

/** @param {{ name: string, args: string[] }[]} lane */
async function runLane(lane) {
  const failures = [];
  for (const { name, args } of lane) failures.push(...((await stage(name, () => runQuietly(args)).catch(asFailure)) ?? []));
  return failures;
}

/** @param {string[]} args */
async function runQuietly(args) {
  const { code, output, aborted } = await run(process.execPath, args, { quiet: true, signal: AbortSignal.timeout(staticLimitMs) });
  if (code !== 0) throw new Error(aborted ? 'It took too long.' : output.trim());
}

/** @param {string} [reportFile] */
async function runTests(reportFile) {
  const reporters = ['--reporter=default', ...(reportFile ? ['--reporter=json', `--outputFile.json=${reportFile}`] : [])];
  const { code, aborted } = await run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--config', 'electron/vitest.config.ts', ...reporters], { signal: AbortSignal.timeout(testLimitMs) });
  if (code !== 0) throw new Error(aborted ? 'They took too long.' : 'See above.');
}

/** @param {Error} error */
const asFailure = (error) => [error.message];

if (import.meta.filename === process.argv[1]) {
  process.exitCode = await check().then(() => 0, reportFailure);
}
