import { build } from 'vite';
import { buildIfStale } from './build.mjs';
import { reportFailure } from './failure.mjs';
import { handOver, root } from './run.mjs';

/** `npm run bench [-- ARGUMENTS]`: plain Node runs the benchmark, which Node 20 cannot do from TypeScript. */
async function bench() {
  await buildIfStale();
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: { ssr: 'e2e/bench/bench.ts', outDir: 'out/bench', emptyOutDir: true, target: 'node20' },
  });
  return handOver(process.execPath, ['out/bench/bench.js', ...process.argv.slice(2)]);
}

process.exitCode = await bench().catch(reportFailure);
