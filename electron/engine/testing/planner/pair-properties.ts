import { displayPath } from '../../repo-path.ts';
import { diffTrees, sameEntry } from '../apply/memory-tree.ts';
import { MOST_ROUNDS } from './converge.ts';
import { contentsOf } from './merge-trees.ts';
import type { Property } from './plan-properties.ts';
import type { Trial } from './trial.ts';

function ends({ ending }: Trial): string | null {
  return ending.end === 'never' ? `not at rest after ${MOST_ROUNDS} rounds` : null;
}

/** The same commit on both machines, and on each disk what it says, but for what is left alone there. */
function endsAlike({ ending: { machines, end } }: Trial): string | null {
  if (end !== 'rest') return null;
  const [difference] = diffTrees(machines[0].head, machines[1].head);
  if (difference) return `${displayPath(difference.path)} is not the same on both machines`;
  for (const machine of machines) {
    for (const [path, entry] of machine.head) {
      if (!machine.isLeftAlone(path) && !sameEntry(machine.disk.at(path), entry)) return `on ${machine.name} ${displayPath(path)} is not as committed`;
    }
  }
  return null;
}

/** What was on a disk at the beginning is on one, or kept beside, or in a commit. */
function endsWithEverything({ given, ending: { machines, heads } }: Trial): string | null {
  const onDisks = machines.flatMap(({ disk }) => [disk.leaves.values(), [...disk.copies, ...disk.rescued].map(({ entry }) => entry)]);
  const known = contentsOf(...onDisks, ...heads.map((tree) => tree.values()));
  for (const { disk, name } of [given.ada, given.grace]) {
    for (const [path, { id }] of disk) if (!known.has(id)) return `${displayPath(path)} ${id} of ${name} is nowhere any more`;
  }
  return null;
}

export const PAIR_PROPERTIES: readonly Property[] = [
  { name: 'comes to rest', complaint: ends },
  { name: 'comes to the same on both machines', complaint: endsAlike },
  { name: 'comes to rest with every content somewhere', aboutLoss: true, complaint: endsWithEverything },
];
