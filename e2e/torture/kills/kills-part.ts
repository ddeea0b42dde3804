import { availableParallelism } from 'node:os';
import { spread } from '../../bench/surroundings.ts';
import type { Figure, Part, Result, Run } from '../part.ts';
import { whyNotTraced } from './can-trace.ts';
import type { Outcome } from './kill.ts';
import { killPlainGit, type PlainTally } from './plain-git.ts';
import { isFine, ONLY, tell } from './complaints.ts';
import { nameOf, type Point } from './point.ts';
import { Product } from './product.ts';
import type { Scene } from './scene.ts';
import { GIT_SCENES, PROGRAM_SCENES } from './scenes.ts';
import { sweep, type Swept } from './sweep.ts';

const LIMIT_MS = 30_000;
/** A point may be missed when git has something less to do this time; more than that, and it is not known what was tried. */
const MISSED_SHARE = 0.05;

export const killsPart: Part = {
  title: 'Kills',
  about: 'The program, and each git process of it, killed before every call that changes something on the disk: while it commits, pushes, fetches, merges, applies, saves settings, resolves and brings back. Then it must go on by itself.',
  run: killsEverywhere,
};

async function killsEverywhere(run: Run): Promise<Result> {
  const reason = whyNotTraced();
  if (reason !== null) return { figures: [], lost: 0, failures: [`strace cannot look on here, so nothing was tried: ${reason}`] };
  const only = process.env[ONLY]?.split(',');
  const lanes = availableParallelism();
  const product = Product.built();
  const wanted = (scenes: readonly Scene[]) => scenes.filter(({ name }) => only?.some((each) => each.startsWith(`${name}/`)) ?? true);
  const choose = (points: readonly Point[]) => (only ? points.filter((point) => only.some((each) => nameOf(point).startsWith(each))) : share(points, run.scale));
  const swept = await sweep({ product, seed: run.seed, limitMs: LIMIT_MS, directory: run.directory, lanes, gitScenes: wanted(GIT_SCENES), programScenes: wanted(PROGRAM_SCENES), choose, say: run.say });
  const plain = await killPlainGit({ seed: run.seed, directory: run.directory, lanes });
  return resultOf(swept, plain, run.seed);
}

/** Each git process is killed in each of its places with the program or without it, as it comes; from size 2 on, both. */
function share(points: readonly Point[], scale: number): readonly Point[] {
  const places = new Set<string>();
  const once = points.filter((point) => {
    const place = point.victim === 'git' ? nameOf({ ...point, program: 'lives' }) : nameOf(point);
    return scale >= 2 || places.size < places.add(place).size;
  });
  return once.slice(0, Math.ceil(once.length * Math.min(1, scale)));
}

export function resultOf(swept: Swept, plain: PlainTally, seed: number): Result {
  const { outcomes } = swept;
  const missed = outcomes.filter(({ killedAt }) => killedAt === null);
  const failures = outcomes.filter((outcome) => !isFine(outcome)).map((outcome) => tell(outcome, seed));
  if (outcomes.length === 0) return { figures: [], lost: 0, failures: ['No point was chosen, so nothing was tried.'] };
  const tooMany = missed.length > Math.max(2, outcomes.length * MISSED_SHARE);
  return {
    figures: figures(swept, plain, missed.length),
    lost: outcomes.reduce((sum, { lost }) => sum + lost.length, 0),
    failures: [...failures, ...(tooMany ? [`${missed.length} of ${outcomes.length} points were not come to: ${missed.slice(0, 5).map(({ point }) => nameOf(point)).join(', ')}`] : [])],
  };
}

function figures({ found, outcomes }: Swept, plain: PlainTally, missed: number): Figure[] {
  const count = (test: (outcome: Outcome) => boolean) => String(outcomes.filter((outcome) => outcome.killedAt !== null && test(outcome)).length);
  const back = spread(outcomes.filter(({ blocked }) => blocked === null).map(({ backMs }) => backMs / 1000));
  return [
    { name: 'points found', value: String(found) },
    { name: 'git killed, the program lived', value: count(({ point }) => point.victim === 'git' && point.program === 'lives') },
    { name: 'git killed, and the program with it', value: count(({ point }) => point.victim === 'git' && point.program === 'dies') },
    { name: 'the program killed', value: count(({ point }) => point.victim === 'program') },
    { name: 'points not come to', value: String(missed) },
    { name: 'went on by itself', value: `${count(({ blocked }) => blocked === null)}, within ${back.median.toFixed(1)} s (at most ${back.max.toFixed(1)}; allowed ${LIMIT_MS / 1000})` },
    { name: 'locks left', value: String(outcomes.reduce((sum, { locks }) => sum + locks.length, 0)) },
    { name: 'half-written files of ours left', value: String(outcomes.reduce((sum, { litter }) => sum + litter, 0)) },
    { name: 'plain git add, commit, fetch, merge, push', value: `killed at ${plain.points} points: ${plain.locked} left a lock, ${plain.blocked} (${Math.round((100 * plain.blocked) / plain.points)} %) did not go on` },
  ];
}
