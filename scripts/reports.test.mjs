import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPlaywrightReport, readVitestReport, sumCounts } from './reports.mjs';

/** @type {string} */
let folder;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'lockstep-reports-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** @param {unknown} report */
function written(report) {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(report));
  return path;
}

describe('reports', () => {
  it('count a test file that could not be loaded as a failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{}] },
    ];
    expect(readVitestReport(written({ numPassedTests: 1, numFailedTests: 0, numPendingTests: 2, testResults }))).toEqual({ passed: 1, failed: 1, skipped: 2 });
  });

  it('count flaky tests and errors outside of tests as failures', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 }, errors: [{ message: 'no config' }] };
    expect(readPlaywrightReport(written(report))).toEqual({ passed: 5, failed: 3, skipped: 0 });
  });

  it('count nothing where none was written', () => {
    expect(sumCounts([readVitestReport(join(folder, 'none')), readPlaywrightReport(join(folder, 'none'))])).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});
