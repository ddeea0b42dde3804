import { checkCases, PROPERTIES, THE_ENGINES } from '../../../electron/engine/testing/planner/check-cases.ts';
import { explain } from '../../../electron/engine/testing/planner/explain.ts';
import { caseOf } from '../../../electron/engine/testing/planner/merge-case.ts';
import { Trial } from '../../../electron/engine/testing/planner/trial.ts';
import { sized, type Part, type Result, type Run } from '../part.ts';
import { PLANTED_FAULTS } from './planted-faults.ts';
import { checkAll, type Check } from './threads.ts';

const CASES = 1_000_000;
/** How many it may take to see a planted fault. */
const CASES_FOR_A_FAULT = 10_000;
const SAMPLE = 2_000;

export const plannerPart = (check: Check): Part => ({
  title: 'Planner',
  about: 'Random trees, changed on two machines with people at work on both: what is planned to bring them together, carried out in memory, interrupted and in every order.',
  run: (run) => plan(run, check),
});

async function plan(run: Run, check: Check): Promise<Result> {
  const began = performance.now();
  const { checked, found } = await checkAll(run.seed, sized(CASES, run), check, (done) => run.say(`${done} cases`));
  const seconds = (performance.now() - began) / 1000;
  const planted = PLANTED_FAULTS.map(({ fault, tried }) => ({ fault, caught: checkCases({ seed: run.seed, from: 0, count: CASES_FOR_A_FAULT }, { tried }) }));
  const caught = planted.flatMap((each) => each.caught ?? []);
  return {
    figures: [
      { name: 'cases', value: `${checked} in ${seconds.toFixed(0)} s, ${PROPERTIES.length} properties each` },
      { name: 'of which', value: whatHappens(run.seed) },
      { name: 'planted faults caught', value: `${caught.length} of ${planted.length}, each within ${Math.max(...caught.map(({ number }) => number + 1))} cases` },
    ],
    lost: found.filter(({ property }) => PROPERTIES.find(({ name }) => name === property)?.aboutLoss).length,
    failures: [...found.map((each) => explain(each)), ...planted.filter((each) => !each.caught).map(({ fault }) => `A planner that ${fault} was not caught in ${CASES_FOR_A_FAULT} cases.`)],
  };
}

/** So that nobody takes a million trees in which nothing happens for a million cases. */
function whatHappens(seed: number): string {
  const trials = Array.from({ length: SAMPLE }, (_, number) => new Trial(caseOf(seed, number), THE_ENGINES));
  const share = (test: (trial: Trial) => boolean) => `${((trials.filter(test).length / SAMPLE) * 100).toFixed(0)} %`;
  return [
    `${share(({ operations }) => operations.length > 0)} write something at once`,
    `${share(({ plan }) => plan.plan === 'local-changes')} wait for a commit first`,
    `${share(({ merged }) => merged.copies.length > 0)} conflict`,
    `${share(({ operations }) => operations.some(({ do: verb }) => verb === 'copy-beside' || verb === 'rescue'))} move something of a person out of the way`,
  ].join(', ');
}
