import { displayPath } from '../../repo-path.ts';
import { isRegular } from '../../vcs/git/merge-conflicts.ts';
import { directoriesOf } from '../../vcs/git/three-way.ts';
import type { TreeChange } from '../../vcs/vcs.ts';
import { diffTrees, type Tree } from '../apply/memory-tree.ts';
import { contentsOf } from './merge-trees.ts';
import type { Property } from './plan-properties.ts';
import type { Trial } from './trial.ts';

const merge = ({ tried }: Trial, base: Tree, first: Tree, second: Tree): Tree => tried.merge(base, { tree: first, machine: 'ada' }, { tree: second, machine: 'grace' }).tree;

/** Two machines decide alone: nothing may depend on which of them merges. */
function whicheverComesFirst({ given, tried, merged }: Trial): string | null {
  const { base, ada, grace } = given;
  const other = tried.merge(base, { tree: grace.head, machine: grace.name }, { tree: ada.head, machine: ada.name });
  const [difference] = diffTrees(merged.tree, other.tree);
  return difference ? `${displayPath(difference.path)} depends on which side comes first` : null;
}

function losesNoVersion({ given, target }: Trial): string | null {
  const ids = contentsOf(target.values());
  for (const { head, name } of [given.ada, given.grace]) {
    for (const { path, after } of diffTrees(given.base, head).filter(isVersion)) if (after && !ids.has(after.id)) return `${displayPath(path)} ${after.id} of ${name} is not in the merge`;
  }
  return null;
}

/** Who only made a file executable made no version of what is in it. */
const isVersion = ({ before, after }: TreeChange): boolean => !(before && after && before.id === after.id && isRegular(before) && isRegular(after));

function copiesNothingEqual({ merged: { tree, copies } }: Trial): string | null {
  const needless = copies.find(({ path, copy }) => {
    const [kept, beside] = [tree.get(path), tree.get(copy)];
    return kept?.id === beside?.id && (kept?.mode === '120000') === (beside?.mode === '120000');
  });
  return needless ? `the copy ${displayPath(needless.copy)} holds what ${displayPath(needless.path)} holds` : null;
}

/** No file where a directory is. */
function canBe({ target }: Trial): string | null {
  const directories = directoriesOf(target.keys());
  const both = [...target.keys()].find((path) => directories.has(path));
  return both === undefined ? null : `${displayPath(both)} is a file and a directory`;
}

function takesWhatOneSideChanged(trial: Trial): string | null {
  const { base, ada } = trial.given;
  const [difference] = [merge(trial, base, base, ada.head), merge(trial, base, ada.head, base), merge(trial, base, ada.head, ada.head)].flatMap((tree) => diffTrees(ada.head, tree));
  return difference ? `${displayPath(difference.path)}, which one side alone changed, came out otherwise` : null;
}

export const MERGE_PROPERTIES: readonly Property[] = [
  { name: 'merges alike, whichever side comes first', complaint: whicheverComesFirst },
  { name: 'loses no version that either side made', aboutLoss: true, complaint: losesNoVersion },
  { name: 'never puts equal contents beside each other', complaint: copiesNothingEqual },
  { name: 'merges to a tree that can be', complaint: canBe },
  { name: 'merges what only one side changed as that side has it', complaint: takesWhatOneSideChanged },
];
