import type { FolderState } from '../../../shared/app-state.ts';
import { CALM } from './bus.ts';
import type { Found } from './contents.ts';
import { tidyUp } from './doings/git.ts';
import { hubDoings } from './doings/hub.ts';
import { programDoings } from './doings/programs.ts';
import { Hand } from './hand.ts';
import type { SimulatedMachine } from './machine.ts';
import { inScopeOf } from './oracle/in-scope.ts';
import { FAITHFUL } from './simulated-watch.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/** Minutes enough for every pause between two tries; then hours, for the look at everything that finds what no event told. */
const ROUNDS_MS = [...Array<number>(12).fill(20_000), ...Array<number>(9).fill(600_000)];
const REST_MS = 90_000;
/** Longer than the quiet period: what is at fault meets what there still was to do. */
const LAST_WORK_MS = 5_000;
/** Longer than from one look at everything to the next. */
const SCANNED_MS = 4_800_000;

/** Everything that is broken is mended, time passes, and then nothing may be missing and all must be the same. */
export async function stabilize(world: World): Promise<void> {
  await world.pass(LAST_WORK_MS);
  await heal(world);
  await comeToRest(world);
  await findWhatWasMissed(world);
  await checkContents(world);
  await world.oracle.atRest();
  await checkRest(world);
}

async function heal(world: World): Promise<void> {
  world.calmDown();
  hubDoings.healed(world);
  world.bus.faults = CALM;
  for (const machine of world.machines) {
    machine.faults.clear();
    machine.watchWith(FAITHFUL);
    machine.closeFiles();
    await tidyUp(new Hand(world, machine));
    await world.startMachine(machine);
    // What no event told of is not looked at before its time because somebody asks.
    if (machine.state?.paused) await programDoings.resume(world, machine);
  }
}

/** What no event told of is found by the next look at everything; until then a machine may think that all is well. */
async function findWhatWasMissed(world: World): Promise<void> {
  const deaf = world.machines.filter(({ watch }) => watch !== null && watch.lost > 0);
  if (deaf.length === 0) return;
  await world.pass(SCANNED_MS);
  for (const { watch } of deaf) if (watch) watch.lost = 0;
  await comeToRest(world);
}

async function comeToRest(world: World): Promise<void> {
  let restful = 0;
  for (const roundMs of ROUNDS_MS) {
    await world.pass(roundMs);
    // A person who is asked agrees.
    for (const machine of world.machines) if (machine.state?.problem?.action === 'approve') await world.approve(machine);
    // Twice: a machine that has just taken something in has yet to look at what it means for its own files.
    restful = isAtRest(world) ? restful + 1 : 0;
    if (restful === 2) return;
  }
  throw new Violation('apart', `the machines did not converge ${describe(world)}`);
}

function isAtRest(world: World): boolean {
  const states = world.machines.map(({ state }) => state);
  return new Set(states.map((state) => state?.head)).size === 1 && states.every((state) => state !== null && isCalm(state)) && world.hubTip() === states[0]?.head;
}

const isCalm = ({ phase, problem, dirty, ahead, behind }: FolderState): boolean => (phase === 'watching' || phase === 'conflicted') && problem === null && !dirty && ahead === 0 && behind === 0;

const describe = (world: World): string =>
  JSON.stringify({ hub: world.hubTip(), machines: world.machines.map(({ name, state }) => state && { name, phase: state.phase, head: state.head, dirty: state.dirty, ahead: state.ahead, behind: state.behind, problem: state.problem, held: state.held }) });

async function checkContents(world: World): Promise<void> {
  const [lost, ...more] = await world.ledger.unreachable();
  if (lost) throw new Violation('lost', `what was saved as ${lost.path} on ${lost.machine} (${lost.id}) is in no work tree, no rescue and behind no ref, and ${more.length} more`);
  const [first, ...others] = world.machines;
  if (!first) return;
  const isShared = inScopeOf(world.machines);
  const treeOf = (machine: SimulatedMachine): Map<string, Found> => new Map([...machine.contents.workTree()].filter(([path]) => isShared(path)));
  const expected = treeOf(first);
  for (const machine of others) {
    const different = firstDifference(expected, treeOf(machine));
    if (different !== null) throw new Violation('differ', `${first.name} and ${machine.name}, in ${JSON.stringify(different)}`);
  }
  for (const machine of world.machines) {
    const { output } = await machine.git('--no-optional-locks', 'status', '--porcelain', '-z', '--no-renames', '--untracked-files=all');
    const differing = output.split('\0').filter((line) => line !== '' && isShared(line.slice(3).replace(/\/$/, '')));
    if (differing.length > 0) throw new Violation('unclean', `${machine.name} calls itself calm, but its git shows ${differing.join(', ')}`);
  }
}

function firstDifference(one: ReadonlyMap<string, Found>, other: ReadonlyMap<string, Found>): string | null {
  for (const path of new Set([...one.keys(), ...other.keys()])) {
    const [here, there] = [one.get(path), other.get(path)];
    if (here?.id !== there?.id || here?.mode !== there?.mode) return path;
  }
  return null;
}

/** Nothing happens any more when nobody does anything. */
async function checkRest(world: World): Promise<void> {
  const before = doneBy(world);
  await world.pass(REST_MS);
  const after = doneBy(world);
  // One fetch each: a machine that was cut off for long hears others, and is heard, when it is back.
  const fetched = after.fetches.some((count, index) => count > (before.fetches[index] ?? 0) + 1);
  if (fetched || JSON.stringify(before.work) !== JSON.stringify(after.work)) throw new Violation('restless', `they do not come to rest ${JSON.stringify(before)} became ${JSON.stringify(after)}`);
}

/** Tips, commits and pushes of all machines so far; and how often each looked for more. */
function doneBy(world: World): { readonly work: unknown; readonly fetches: readonly number[] } {
  const count = (verb: string): number[] => world.machines.map(({ calls }) => calls.get(verb) ?? 0);
  return { work: [world.hubTip(), world.machines.map(({ state }) => state?.head), count('commit-tree'), count('push')], fetches: count('fetch') };
}
