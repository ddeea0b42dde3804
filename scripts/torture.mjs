import { build } from 'vite';
import { buildIfStale } from './build.mjs';
import { reportFailure } from './failure.mjs';
import { handOver, root } from './run.mjs';

/** `npm run torture [-- ARGUMENTS]`: like the benchmark, built for plain Node. */
async function torture() {
  await buildIfStale();
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      rollupOptions: { input: { torture: 'e2e/torture/torture.ts', 'planner-worker': 'e2e/torture/planner/worker.ts', 'playground-thread': 'e2e/torture/simulation/playground-thread.ts', 'race-editor': 'electron/engine/testing/races/editor.mjs' } },
      outDir: 'out/torture',
      emptyOutDir: true,
      target: 'node20',
    },
  });
  return handOver(process.execPath, ['out/torture/torture.js', ...process.argv.slice(2)]);
}

process.exitCode = await torture().catch(reportFailure);
