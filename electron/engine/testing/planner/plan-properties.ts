import type { Operation } from '../../apply/operation.ts';
import type { Plan } from '../../apply/planner.ts';
import { displayPath, type RepoPath } from '../../repo-path.ts';
import type { TreeEntry } from '../../vcs/vcs.ts';
import type { MemoryDisk } from '../apply/memory-disk.ts';
import { sameEntry } from '../apply/memory-tree.ts';
import { runAll, shuffledWithinPhases, type Trial } from './trial.ts';

/** What must hold of every case; a sentence about it where it does not. */
export interface Property {
  readonly name: string;
  /** Where it does not hold, contents are lost. */
  readonly aboutLoss?: true;
  readonly complaint: (trial: Trial) => string | null;
}

const show = (path: RepoPath, entry: TreeEntry | null | undefined): string => `${displayPath(path)} ${entry ? `${entry.mode} ${entry.id}` : 'nothing'}`;

/** A plan that is carried out makes the target of whatever it touches, and leaves the rest alone. */
function reachesTarget(trial: Trial): string | null {
  if (trial.plan.plan !== 'operations') return null;
  const machine = trial.machine();
  const disk = runAll(machine.disk, trial.operations);
  const coming = new Set(trial.changes.filter(({ after }) => after).map(({ path }) => disk.key(path)));
  const touched = new Set([...disk.copies, ...disk.rescued].map(({ path }) => disk.key(path)));
  for (const { path, after } of trial.changes) {
    const there = disk.at(path);
    if (after ? !sameEntry(there, after) && !machine.isLeftAlone(path) : there && !coming.has(disk.key(path)) && !machine.isHeld(path)) return `${show(path, after)} was to be, ${show(path, there)} is`;
    touched.add(disk.key(path));
  }
  for (const [path, entry] of trial.given.ada.disk) {
    if (!touched.has(disk.key(path)) && !sameEntry(disk.at(path), entry)) return `${show(path, entry)} was none of its business`;
  }
  return null;
}

/** Every content that was on the disk is there afterwards, beside, in rescue, or under its path in a commit. */
function destroysNothing(trial: Trial): string | null {
  const disk = runAll(trial.machine().disk, trial.operations);
  const kept = [...disk.copies, ...disk.rescued].map(({ path, entry }): [RepoPath, TreeEntry] => [path, entry]);
  for (const [path, entry] of trial.given.ada.disk) {
    const isIn = (entries: Iterable<[RepoPath, TreeEntry]>) => [...entries].some(([other, { id }]) => id === entry.id && disk.key(other) === disk.key(path));
    if (disk.at(path)?.id !== entry.id && ![trial.given.ada.head, trial.target, kept].some(isIn)) return `${show(path, entry)} is nowhere any more`;
  }
  return null;
}

/** What equals the old or the new version is in nobody's way. */
function equalIsNoConflict({ plan, operations, given, target }: Trial): string | null {
  const displaced = plan.plan === 'local-changes' ? plan.paths : operations.filter(({ do: verb }) => verb === 'copy-beside' || verb === 'rescue').map(({ path }) => path);
  for (const path of displaced) {
    const local = given.ada.disk.get(path);
    if (local && [given.ada.head, target].some((tree) => sameEntry(tree.get(path), local))) return `${show(path, local)} is known, and stands in the way all the same`;
  }
  return null;
}

/** On a disk that is as the head says, nothing holds a plan up. */
function goesAheadWhenClean(trial: Trial): string | null {
  const { ada } = trial.given;
  const { plan } = trial.planOn(trial.machine({ ...ada, disk: ada.head, odd: [] }));
  // The target itself may have two names that are one there.
  return plan === 'operations' || (ada.foldsCase && plan === 'unsupported') ? null : `${plan}, though nothing of the person is in the way`;
}

/** Neither the order of the changes nor, within a phase, that of the operations matters. */
function anyOrder(trial: Trial): string | null {
  const draw = trial.draw(1);
  const other = trial.planOn(trial.machine(), draw.shuffled(trial.changes));
  if (!isSamePlan(other, trial.plan)) return 'another order of the changes gives another plan';
  const [one, two] = [trial.operations, shuffledWithinPhases(trial.operations, draw)].map((operations) => stateAfter(trial, operations));
  return one === two ? null : 'another order of the operations ends elsewhere';
}

/** Of several paths that nobody may move, any may be named. */
function isSamePlan(one: Plan, other: Plan): boolean {
  if (one.plan === 'local-changes' && other.plan === 'local-changes') return one.paths.join('\0') === other.paths.join('\0');
  if (one.plan !== 'operations' || other.plan !== 'operations') return one.plan === other.plan;
  const same = (a: Operation, b: Operation | undefined) => a.do === b?.do && a.path === b.path && (a.do !== 'place' || b.do !== 'place' || (sameEntry(a.before, b.before) && sameEntry(a.after, b.after)));
  return one.operations.length === other.operations.length && one.operations.every((operation, index) => same(operation, other.operations[index]));
}

const stateOf = (disk: MemoryDisk): string => [...[...disk.leaves].map(([path, { mode, id }]) => `${path} ${mode} ${id}`), ...[...disk.directories].map((path) => `${path}/`)].sort().join('\n');
const stateAfter = (trial: Trial, operations: readonly Operation[]): string => stateOf(runAll(trial.machine().disk, operations));

/** Stopped anywhere and planned anew it comes to the same end, where nothing is left to do. */
function resumes(trial: Trial): string | null {
  if (trial.plan.plan !== 'operations') return null;
  const machine = trial.machine();
  runAll(machine.disk, trial.operations.slice(0, trial.draw(2).below(trial.operations.length + 1)));
  const rest = trial.planOn(machine);
  if (rest.plan !== 'operations') return `${rest.plan} after stopping half way`;
  runAll(machine.disk, rest.operations);
  const whole = runAll(trial.machine().disk, trial.operations);
  for (const path of new Set([...whole.leaves.keys(), ...machine.disk.leaves.keys()])) {
    const [one, other] = [machine.disk.at(path), whole.at(path)];
    if (!sameEntry(one, other)) return `${show(path, one)} after stopping half way, else ${show(path, other)}`;
  }
  const again = trial.planOn(machine);
  const left = again.plan === 'operations' ? again.operations.find(({ do: verb }) => verb !== 'remove-directory') : undefined;
  return again.plan !== 'operations' || left ? `then still ${left ? `${left.do} ${displayPath(left.path)}` : again.plan}` : null;
}

export const PLAN_PROPERTIES: readonly Property[] = [
  { name: 'makes the target of whatever it touches and leaves the rest alone', complaint: reachesTarget },
  { name: 'never destroys content that is nowhere else', aboutLoss: true, complaint: destroysNothing },
  { name: 'never takes equal content for a conflict', complaint: equalIsNoConflict },
  { name: 'goes ahead whenever nothing of the person is in the way', complaint: goesAheadWhenClean },
  { name: 'does not depend on the order of changes, nor on that of operations within a phase', complaint: anyOrder },
  { name: 'comes to the same end when it is made anew after stopping anywhere', complaint: resumes },
];
