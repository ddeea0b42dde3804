import { displayPath, type RepoPath } from '../../repo-path.ts';
import type { Tree } from '../apply/memory-tree.ts';
import type { CaseMachine, MergeCase } from './merge-case.ts';

const MODES: Readonly<Record<string, string>> = { '100644': '', '100755': 'x:', '120000': '-> ', '160000': 'module ' };

/** A case as a table: a line for each path, a column for each tree. */
export function showCase({ base, ada, grace, ignored }: MergeCase): string {
  const trees = [base, ada.head, ada.disk, grace.head, grace.disk];
  const paths = [...new Set(trees.flatMap((tree) => [...tree.keys()]))].sort();
  const rows = [['', 'base', 'ada', 'on disk', 'grace', 'on disk'], ...paths.map((path) => [shown(path), ...trees.map((tree) => cell(tree, path))])];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const table = rows.map((row) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
  return [...table, ...more(ada), ...more(grace), ...listed('ignored', ignored)].join('\n');
}

const shown = (path: RepoPath): string => JSON.stringify(displayPath(path)).slice(1, -1);

function cell(tree: Tree, path: RepoPath): string {
  const entry = tree.get(path);
  return entry ? `${MODES[entry.mode]}${entry.id}` : '.';
}

const more = ({ name, emptyDirectories, odd, held, unlooked, foldsCase }: CaseMachine): string[] => [
  ...listed(`empty directories of ${name}`, emptyDirectories),
  ...listed(`fifos of ${name}`, odd),
  ...listed(`held back by ${name}`, held),
  ...listed(`not looked at by ${name}`, unlooked),
  ...(foldsCase ? [`${name} does not tell case apart`] : []),
];

const listed = (name: string, paths: readonly RepoPath[]): string[] => (paths.length > 0 ? [`${name}: ${paths.map(shown).join(', ')}`] : []);
