import type { Disk, DiskEntry } from '../../../electron/engine/apply/disk.ts';
import { phaseOf, PHASES, type Operation } from '../../../electron/engine/apply/operation.ts';
import { planApply, type Plan } from '../../../electron/engine/apply/planner.ts';
import type { RepoPath } from '../../../electron/engine/repo-path.ts';
import { THE_ENGINES } from '../../../electron/engine/testing/planner/check-cases.ts';
import { mergeTrees } from '../../../electron/engine/testing/planner/merge-trees.ts';
import type { Tried } from '../../../electron/engine/testing/planner/trial.ts';
import type { TreeChange, TreeEntry } from '../../../electron/engine/vcs/vcs.ts';

/** The planner, or the merge before it, with something wrong that the properties must notice. */
export interface PlantedFault {
  readonly fault: string;
  readonly tried: Tried;
}

type Changed = (operations: readonly Operation[], disk: Disk, changes: readonly TreeChange[]) => readonly Operation[];

const inPlan = (fault: string, plan: Tried['plan']): PlantedFault => ({ fault, tried: { ...THE_ENGINES, plan } });
const inMerge = (fault: string, merge: Tried['merge']): PlantedFault => ({ fault, tried: { ...THE_ENGINES, merge } });

/** Another sequence of operations than the planner's. */
const inOperations = (fault: string, change: Changed): PlantedFault =>
  inPlan(fault, (changes, disk): Plan => {
    const plan = planApply(changes, disk);
    return plan.plan === 'operations' ? { plan: 'operations', operations: change(plan.operations, disk, changes) } : plan;
  });

/** The planner is told of another disk than there is. */
const inView = (fault: string, change: (disk: Disk, changes: readonly TreeChange[]) => Disk): PlantedFault => inPlan(fault, (changes, disk) => planApply(changes, change(disk, changes)));

const without = (...verbs: readonly Operation['do'][]): Changed => (operations) => operations.filter((operation) => !verbs.includes(operation.do));

const withEntries = (disk: Disk, change: (path: RepoPath, entry: DiskEntry) => DiskEntry | null): Disk => ({
  ...disk,
  entries: new Map([...disk.entries].flatMap(([path, entry]): [RepoPath, DiskEntry][] => {
    const changed = change(path, entry);
    return changed ? [[path, changed]] : [];
  })),
});

/** As a tree has it; null: its content was not looked at. */
function treeEntryOf(entry: DiskEntry | undefined): TreeEntry | null {
  if (!entry || !('id' in entry) || entry.id === null) return null;
  return { id: entry.id, mode: entry.kind === 'link' ? '120000' : entry.executable ? '100755' : '100644' };
}

const removing = (path: RepoPath, entry: DiskEntry | undefined): Operation[] => {
  const before = treeEntryOf(entry);
  return before ? [{ do: 'remove', path, before }] : [];
};

const takesEditsForCommitted = (disk: Disk, changes: readonly TreeChange[]): Disk => {
  const before = new Map(changes.map((change) => [change.path, change.before]));
  return withEntries(disk, (path, entry) => (entry.kind === 'file' ? { ...entry, id: before.get(path)?.id ?? entry.id } : entry));
};

export const PLANTED_FAULTS: readonly PlantedFault[] = [
  inOperations('drops the copy that is to go beside', without('copy-beside')),
  inOperations('deletes what is to go beside', (operations, disk) => operations.flatMap((operation) => (operation.do === 'copy-beside' ? removing(operation.path, disk.entries.get(operation.path)) : [operation]))),
  inOperations('deletes an ignored file instead of rescuing it', without('rescue')),
  inOperations('replaces a file without moving it aside', (operations) => operations.map((operation) => (operation.do === 'place' ? { ...operation, before: null } : operation))),
  inOperations('lets a deletion win over an edit', (operations, disk, changes) => [
    ...changes.filter(({ after }) => !after).map(({ path }) => path).sort().flatMap((path) => removing(path, disk.entries.get(path))),
    ...operations.filter(({ do: verb }) => verb !== 'remove'),
  ]),
  inOperations('places before it takes away', (operations) => [...PHASES].reverse().flatMap((phase) => operations.filter((operation) => phaseOf(operation) === phase))),
  inOperations('removes outer directories first', (operations) => PHASES.flatMap((phase) => (phase === 'remove-directories' ? operations.filter((operation) => phaseOf(operation) === phase).reverse() : operations.filter((operation) => phaseOf(operation) === phase)))),
  inOperations('leaves empty directories where files are to be', without('remove-directory')),
  inOperations('forgets to make directories', without('make-directory')),
  inOperations('forgets modes', without('set-mode')),
  inOperations('keeps to the order in which changes come', (operations, _, changes) => {
    const order = changes.map(({ path }) => path);
    return PHASES.flatMap((phase) => operations.filter((operation) => phaseOf(operation) === phase).sort((a, b) => order.indexOf(a.path) - order.indexOf(b.path)));
  }),
  inView('takes an ignored file for nothing', (disk) => withEntries(disk, (path, entry) => (disk.ignored.has(path) ? null : entry))),
  inView('takes an edited file for the committed one', takesEditsForCommitted),
  inView('waits for held files to be committed', (disk) => ({ ...disk, held: new Set() })),
  inView('does not know the content that is there', (disk) => withEntries(disk, (_, entry) => ('id' in entry ? { ...entry, id: null } : entry))),
  inView('does not know that case is not told apart', ({ aliases: _, ...disk }) => disk),
  inView('does not see directories that are in the way', (disk) => withEntries(disk, (_, entry) => (entry.kind === 'directory' ? null : entry))),
  inMerge('keeps the name for the side that merges', (base, first, second) => {
    const merged = mergeTrees(base, first, second);
    const contested = new Set(merged.copies.map(({ path }) => path));
    return { ...merged, tree: new Map([...merged.tree].map(([path, entry]) => [path, contested.has(path) ? (first.tree.get(path) ?? entry) : entry])) };
  }),
  inMerge('drops the version that is to lie beside', (base, first, second) => {
    const merged = mergeTrees(base, first, second);
    const copies = new Set(merged.copies.map(({ copy }) => copy));
    return { tree: new Map([...merged.tree].filter(([path]) => !copies.has(path))), copies: [] };
  }),
  inMerge('lets a deletion on one side win over an edit on the other', (base, first, second) => {
    const merged = mergeTrees(base, first, second);
    return { ...merged, tree: new Map([...merged.tree].filter(([path]) => !base.has(path) || (first.tree.has(path) && second.tree.has(path)))) };
  }),
];
