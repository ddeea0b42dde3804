import { Editor } from '../../../electron/engine/testing/races/editor.ts';
import { RaceCourse, type Races } from '../../../electron/engine/testing/races/race.ts';
import { RaceRepository } from '../../../electron/engine/testing/races/race-repository.ts';
import { takeInByEngine, takeInByGit, type TakeIn } from '../../../electron/engine/testing/races/take-in.ts';
import { sized, type Part, type Result, type Run } from '../part.ts';

const SAVES = 20_000;
const SAVES_AGAINST_GIT = 2_000;
const FILES = 40;
/** Versions in one repository. */
const VERSIONS = 100;

/** `editor`: where `testing/races/editor.mjs` lies. */
export const racesPart = (editor: URL): Part => ({
  title: 'Races',
  about: 'Another process saves files as editors do, aimed at the moments in which incoming versions of the same files are put in their place.',
  run: (run) => race(run, editor),
});

async function race(run: Run, editor: URL): Promise<Result> {
  const ours = await races(run, { editor, saves: sized(SAVES, run), name: 'engine', takeIn: takeInByEngine });
  const gits = await races(run, { editor, saves: sized(SAVES_AGAINST_GIT, run), name: 'git', takeIn: takeInByGit });
  const ways = [...ours.ways].map(([way, { saves, hits }]) => `${way} ${saves} (${hits})`).join(', ');
  return {
    figures: [
      { name: 'saves', value: `${ours.saves} during ${ours.rounds} pulls, of which ${ours.taken} went on at once` },
      { name: 'of which hit the window between look and exchange', value: `${ours.hits} (${percent(ours.hits, ours.saves)})` },
      { name: 'by way of saving (in the window)', value: ways },
      { name: 'the same against `git merge --ff-only`', value: `${gits.lost.length} of ${gits.saves} saves lost (${percent(gits.lost.length, gits.saves)}); through no open handle, ${withoutHandles(gits)}` },
    ],
    lost: ours.lost.length,
    failures: ours.lost.slice(0, 10),
  };
}

interface Racing {
  readonly editor: URL;
  readonly saves: number;
  readonly name: string;
  readonly takeIn: (repository: RaceRepository, directory: string) => TakeIn | Promise<TakeIn>;
}

async function races(run: Run, { editor: program, saves, name, takeIn }: Racing): Promise<Races> {
  const directory = `${run.directory}/${name}`;
  const repository = new RaceRepository(directory, FILES, VERSIONS);
  const editor = new Editor(program, `${directory}/signals`);
  const taker = await takeIn(repository, directory);
  try {
    const course = new RaceCourse(repository, taker, editor, run.seed);
    for (let round = 0; course.races.saves < saves; round++) {
      await course.run(round % (VERSIONS - 1));
      if (round % 100 === 99) run.say(`${name}: ${course.races.saves} saves, ${course.races.hits} in the window, ${course.races.lost.length} lost`);
    }
    return course.races;
  } finally {
    await editor.close();
    await taker.close();
    repository.remove();
  }
}

/** What git cannot know of, left out. */
function withoutHandles({ ways }: Races): string {
  const others = [...ways].flatMap(([way, counts]) => (way.startsWith('held') ? [] : [counts]));
  const [lost, saves] = [others.reduce((sum, each) => sum + each.lost, 0), others.reduce((sum, each) => sum + each.saves, 0)];
  return `${lost} of ${saves} (${percent(lost, saves)})`;
}

const percent = (part: number, whole: number): string => `${((part / Math.max(1, whole)) * 100).toFixed(1)} %`;
