import { join } from 'node:path';
import type { Product } from '../../kills/product.ts';
import type { Run } from '../../part.ts';
import { together, type Found } from '../trial.ts';
import { FuzzedProgram } from './fuzzed-program.ts';
import { socketFuzz } from './socket-fuzz.ts';
import { windowFuzz } from './window-fuzz.ts';

/** The program is told anything, by its socket and as a page in its window would: it answers, stays up, and does nothing of it. */
export async function fuzzTrial(run: Run, product: Product): Promise<Found> {
  const program = await FuzzedProgram.start(product, join(run.directory, 'fuzzed'));
  try {
    const found = [await windowFuzz(program, run), await socketFuzz(program, run)];
    return together([...found, { figures: [], failures: await program.judge() }]);
  } finally {
    await program.stop();
  }
}
