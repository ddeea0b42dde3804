import { describe, expect, it } from 'vitest';
import { repoPathFromText, type RepoPath } from '../../repo-path.ts';
import type { Tree } from '../../testing/apply/memory-tree.ts';
import { THE_ENGINES } from '../../testing/planner/check-cases.ts';
import { caseOf } from '../../testing/planner/merge-case.ts';
import { MERGE_PROPERTIES } from '../../testing/planner/merge-properties.ts';
import { mergeTrees } from '../../testing/planner/merge-trees.ts';
import { Trial } from '../../testing/planner/trial.ts';
import type { TreeEntry } from '../vcs.ts';

const CASES = 5_000;

describe('on random trees, a merge path by path', () => {
  it.each(MERGE_PROPERTIES)('$name', ({ complaint }) => {
    for (let number = 0; number < CASES; number++) expect(complaint(new Trial(caseOf(1, number), THE_ENGINES)), `case ${number}`).toBeNull();
  });
});

/** How a test writes a mode before an id; nothing: an ordinary file. */
const MODES: readonly (readonly [prefix: string, mode: TreeEntry['mode']])[] = [['-> ', '120000'], ['+x ', '100755'], ['', '100644']];
const entryOf = (text: string): TreeEntry => MODES.filter(([prefix]) => text.startsWith(prefix)).map(([prefix, mode]) => ({ mode, id: text.slice(prefix.length) }))[0] ?? { mode: '100644', id: text };
const written = ({ mode, id }: TreeEntry): string => `${MODES.find(([, one]) => one === mode)?.[0]}${id}`;

const described = ([path, text]: [string, string]): [RepoPath, TreeEntry] => [repoPathFromText(path), entryOf(text)];
const tree = (files: Record<string, string>): Tree => new Map(Object.entries(files).map(described));

/** In both orders of the sides. */
function merged(base: Record<string, string>, ada: Record<string, string>, grace: Record<string, string>): string[][] {
  const [one, other] = [{ tree: tree(ada), machine: 'ada' }, { tree: tree(grace), machine: 'grace' }];
  const results = [mergeTrees(tree(base), one, other), mergeTrees(tree(base), other, one)];
  return results.map((result) => [...result.tree].map(([path, entry]) => `${path}: ${written(entry)}`).sort());
}

describe('a file of which one side changed only the mode', () => {
  it('has both, its mode and what the other side made of it', () => {
    for (const result of merged({ run: '1111111' }, { run: '+x 1111111' }, { run: '2222222' })) expect(result).toEqual(['run: +x 2222222']);
    for (const result of merged({ run: '+x 1111111' }, { run: '1111111' }, { run: '+x 2222222' })) expect(result).toEqual(['run: 2222222']);
  });

  it('is in conflict with a link in its place', () => {
    for (const result of merged({ run: '1111111' }, { run: '+x 1111111' }, { run: '-> 2222222' })) expect(result).toHaveLength(2);
  });
});

describe('the name of a copy', () => {
  const COPY = 'a (conflict ada 2222222)';

  it('is not taken from a copy that was edited on one side', () => {
    const expected = [`${COPY.slice(0, -1)} 2): 2222222`, `${COPY}: 1111111`, 'a/d: 1111111'];
    for (const result of merged({ [COPY]: '2222222' }, { a: '2222222', [COPY]: '1111111' }, { [COPY]: '2222222', 'a/d': '1111111' })) expect(result).toEqual(expected);
  });

  it('is not that of a directory, though a copy had it', () => {
    const expected = [`${COPY.slice(0, -1)} 2): 2222222`, `${COPY}/d: 1111111`];
    for (const result of merged({}, { [COPY]: '2222222' }, { [`${COPY}/d`]: '1111111' })) expect(result).toEqual(expected);
  });

  it('is not shared by a link and a file that hold the same', () => {
    const expected = [`${COPY.slice(0, -1)} 2): -> 2222222`, `${COPY}: 2222222`];
    for (const result of merged({}, { [COPY]: '-> 2222222' }, { [COPY]: '2222222' })) expect(result.map((line) => line.replace('conflict grace', 'conflict ada'))).toEqual(expected);
  });
});
