import { defineConfig } from '@playwright/test';

// One app at a time: windows share a display, and a slow neighbour would be a wrong measurement.
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: { actionTimeout: 15_000 },
});
