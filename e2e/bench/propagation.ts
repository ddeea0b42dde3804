import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from './result.ts';
import { git, hubWithClones, shown, spread, whenSeen, type Surroundings } from './surroundings.ts';
import { twoMachines } from './two-machines.ts';

const ROUNDS = 11;
const QUIET_S = 0.3;
/** Nobody saves every second for long; faster than this, signals are bundled. */
const BETWEEN_MS = 2_500;
const ALLOWED_RATIO = 1.5;
const ALLOWED_EXTRA_MS = 150;

/** From the end of the quiet period to the file on the other machine, beside a shell loop of the same git commands. */
export async function propagation(at: Surroundings): Promise<Result> {
  const pair = await twoMachines(at, 'way', { quietS: QUIET_S });
  const [a, b] = pair.folders;
  const ours: number[] = [];
  const floor: number[] = [];
  const [fa, fb] = (await hubWithClones(at, 'floor', ['a', 'b'])) as [string, string];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      floor.push(await floorRound(at, fa, fb, round));
      ours.push(await ourRound(a, b, round));
    }
  } finally {
    await pair.stop();
  }
  const [mine, theirs] = [spread(ours.slice(1)), spread(floor.slice(1))];
  const allowedMs = theirs.median * ALLOWED_RATIO + ALLOWED_EXTRA_MS;
  return {
    name: 'one small file, end of quiet period to the other machine',
    figures: [`Lockstep ${shown(mine)} ms`, `git add, commit, push, fetch, merge ${shown(theirs)} ms`, `ratio ${(mine.median / theirs.median).toFixed(2)}`, `allowed ${allowedMs.toFixed(0)} ms`],
    kept: mine.median <= allowedMs,
  };
}

async function ourRound(a: string, b: string, round: number): Promise<number> {
  const text = `round ${round}\n`;
  const file = join(b, 'note.txt');
  writeFileSync(join(a, 'note.txt'), text);
  const savedMs = performance.now();
  const seenMs = await whenSeen(file, () => existsSync(file) && readFileSync(file, 'utf8') === text);
  await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  return seenMs - savedMs - QUIET_S * 1000;
}

async function floorRound(at: Surroundings, a: string, b: string, round: number): Promise<number> {
  writeFileSync(join(a, 'note.txt'), `round ${round}\n`);
  const began = performance.now();
  await git(at, a, 'add', '-A');
  await git(at, a, 'commit', '-qm', 'Change');
  await git(at, a, 'push', '-q', 'origin', 'main');
  await git(at, b, 'fetch', '-q', 'origin');
  await git(at, b, 'merge', '-q', '--ff-only', 'origin/main');
  return performance.now() - began;
}
