import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Machine } from './machine.ts';
import type { Result } from './result.ts';
import { git, hubWithClones, type Surroundings } from './surroundings.ts';

const FOLDERS = 50;
const FILES = 200;
const WINDOW_MS = 60_000;
/** Kept helper processes end by themselves after a while, and are counted when they do. */
const SETTLE_MS = 75_000;
const ALLOWED_CPU_PERCENT = 0.5;
const ALLOWED_MB = 150;

/** 50 folders in which nothing happens: processor time over a minute, and memory. */
export async function idle(at: Surroundings): Promise<Result> {
  const machine = new Machine(at, 'idle');
  for (let number = 0; number < FOLDERS; number += 1) {
    const [folder] = (await hubWithClones(at, `idle${number}`, ['a'])) as [string];
    mkdirSync(join(folder, 'files'));
    for (let file = 0; file < FILES; file += 1) writeFileSync(join(folder, 'files', `${file}.txt`), `${file}\n`);
    await git(at, folder, 'add', '-A');
    await git(at, folder, 'commit', '-qm', 'Files');
    await git(at, folder, 'push', '-q', 'origin', 'main');
    await machine.command('folder', 'add', folder);
  }
  await machine.start();
  try {
    await machine.command('sync', '--timeout', '120');
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const before = machine.cpuSeconds();
    await new Promise((resolve) => setTimeout(resolve, WINDOW_MS));
    const percent = ((machine.cpuSeconds() - before) * 100_000) / WINDOW_MS;
    const residentMb = machine.residentMb();
    return {
      name: `${FOLDERS} idle folders of ${FILES} files, a minute`,
      figures: [`processor ${percent.toFixed(2)} %, allowed ${ALLOWED_CPU_PERCENT}`, `daemon ${residentMb.toFixed(0)} MB, allowed ${ALLOWED_MB}`],
      kept: percent < ALLOWED_CPU_PERCENT && residentMb <= ALLOWED_MB,
    };
  } finally {
    await machine.stop();
  }
}
