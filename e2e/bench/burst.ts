import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Machine } from './machine.ts';
import type { Result } from './result.ts';
import { git, hubWithClones, shown, spread, whenSeen, type Surroundings } from './surroundings.ts';

const FILES = 10_000;
const ROUNDS = 3;
const QUIET_S = 0.5;
const ALLOWED_RATIO = 1.2;

/** 10,000 small files at once: until they are committed, less the quiet period, beside `git add -A && git commit`. */
export async function burst(at: Surroundings): Promise<Result> {
  const ours: number[] = [];
  const floor: number[] = [];
  let commits = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const [plain] = (await hubWithClones(at, `plain${round}`, ['a'])) as [string];
    makeFiles(plain, round);
    const began = performance.now();
    await git(at, plain, 'add', '-A');
    await git(at, plain, 'commit', '-qm', 'Burst');
    floor.push(performance.now() - began);
    const measured = await ourRound(at, round);
    ours.push(measured.ms);
    commits = Math.max(commits, measured.commits);
  }
  const [mine, theirs] = [spread(ours), spread(floor)];
  const ratio = mine.median / theirs.median;
  return {
    name: `burst of ${FILES} files, last save to commit, less the quiet period`,
    figures: [`Lockstep ${shown(mine)} ms in ${commits} commit(s)`, `git add -A, commit ${shown(theirs)} ms`, `ratio ${ratio.toFixed(2)}`, `allowed ${ALLOWED_RATIO}`],
    kept: ratio <= ALLOWED_RATIO && commits <= 3,
  };
}

async function ourRound(at: Surroundings, round: number): Promise<{ ms: number; commits: number }> {
  const [folder] = (await hubWithClones(at, `burst${round}`, ['a'])) as [string];
  const machine = new Machine(at, `burst${round}`);
  await machine.command('folder', 'add', folder, '--commit-delay', String(QUIET_S), '--no-push', '--no-pull');
  await machine.start();
  try {
    const ref = join(folder, '.git/refs/heads/main');
    makeFiles(folder, round);
    const savedMs = Date.now();
    // A slow machine may pause longer than the quiet period while writing: the last of few commits counts.
    for (let before = tip(ref); (await committedFiles(at, folder)) < FILES; before = tip(ref)) await whenSeen(ref, () => tip(ref) !== before);
    const commits = Number(await git(at, folder, 'rev-list', '--count', 'HEAD')) - 1;
    return { ms: statSync(ref).mtimeMs - savedMs - QUIET_S * 1000, commits };
  } finally {
    await machine.stop();
  }
}

const committedFiles = async (at: Surroundings, folder: string): Promise<number> => (await git(at, folder, 'ls-tree', '-r', '--name-only', 'HEAD')).split('\n').filter((path) => path.startsWith('d')).length;

const tip = (ref: string): string => readFileSync(ref, 'utf8');

function makeFiles(folder: string, round: number): void {
  for (let directory = 0; directory < 100; directory += 1) {
    mkdirSync(join(folder, `d${directory}`), { recursive: true });
    for (let file = 0; file < FILES / 100; file += 1) writeFileSync(join(folder, `d${directory}/f${file}.txt`), `round ${round}, directory ${directory}, file ${file}\n`.repeat(8));
  }
}
