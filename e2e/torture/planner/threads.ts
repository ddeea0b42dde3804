import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Found, Share } from '../../../electron/engine/testing/planner/check-cases.ts';

export type Check = (share: Share) => Promise<Found | null>;

const LARGEST_SHARE = 25_000;

/** Checks a share in a thread of its own, which runs the given file (`worker.ts`, built). */
export const inThread =
  (worker: URL): Check =>
  (share) =>
    new Promise((resolve, reject) => {
      const thread = new Worker(worker, { workerData: share });
      thread.once('message', resolve);
      thread.once('error', reject);
    });

/** Checks all cases of a seed, as many shares at once as there are processors. After a few findings nothing more is begun. */
export async function checkAll(seed: number, count: number, check: Check, say: (done: number) => void): Promise<{ readonly checked: number; readonly found: readonly Found[] }> {
  const found: Found[] = [];
  let given = 0;
  let checked = 0;
  const worker = async () => {
    while (given < count && found.length < 3) {
      const share = { seed, from: given, count: Math.min(LARGEST_SHARE, count - given) };
      given += share.count;
      const finding = await check(share);
      if (finding) found.push(finding);
      checked += finding ? finding.number - share.from + 1 : share.count;
      say(checked);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return { checked, found };
}
