import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Machine } from './machine.ts';
import type { Result } from './result.ts';
import { git, hubWithClones, shown, spread, type Surroundings } from './surroundings.ts';

const DIRECTORIES = 5_000;
const FILES_EACH = 20;
const ROUNDS = 3;
const ALLOWED_BEYOND_STATUS_MS = 2_000;
const ALLOWED_MB = 200;

/** 100,000 files in 5,000 directories: start to watching beside git's own status, and the daemon's memory. */
export async function largeTree(at: Surroundings): Promise<Result> {
  const [folder] = (await hubWithClones(at, 'large', ['a'])) as [string];
  for (let directory = 0; directory < DIRECTORIES; directory += 1) {
    const path = join(folder, `d${Math.floor(directory / 100)}`, `e${directory % 100}`);
    mkdirSync(path, { recursive: true });
    for (let file = 0; file < FILES_EACH; file += 1) writeFileSync(join(path, `f${file}.txt`), `${directory} ${file}\n`);
  }
  await git(at, folder, '-c', 'core.bigFileThreshold=1', 'add', '-A');
  await git(at, folder, 'commit', '-qm', 'Many files');
  const machine = new Machine(at, 'large');
  await machine.command('folder', 'add', folder, '--no-push', '--no-pull');
  const ready: number[] = [];
  const status: number[] = [];
  let residentMb = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    await git(at, folder, 'status', '--porcelain=v2');
    status.push(performance.now() - began);
    ready.push(await machine.start());
    await machine.command('sync', '--timeout', '60').catch(() => '');
    residentMb = Math.max(residentMb, machine.residentMb());
    await machine.stop();
  }
  const [mine, theirs] = [spread(ready), spread(status)];
  const beyondMs = mine.median - theirs.median;
  return {
    name: `${DIRECTORIES * FILES_EACH} files in ${DIRECTORIES} directories, start of the program to watching`,
    figures: [`ready ${shown(mine)} ms`, `git status ${shown(theirs)} ms`, `beyond it ${beyondMs.toFixed(0)} ms, allowed ${ALLOWED_BEYOND_STATUS_MS}`, `daemon ${residentMb.toFixed(0)} MB, allowed ${ALLOWED_MB}`],
    kept: beyondMs <= ALLOWED_BEYOND_STATUS_MS && residentMb <= ALLOWED_MB,
  };
}
