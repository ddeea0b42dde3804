import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    include: ['{shared,electron,renderer,scripts,e2e/torture}/**/*.test.{ts,tsx,mjs}'],
    // Style sheets are left out, but for the one whose contrasts are computed.
    css: { include: /tokens\.css/ },
    testTimeout: 120_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // A warning that a promise was forgotten is a failed run.
    dangerouslyIgnoreUnhandledErrors: false,
  },
});
