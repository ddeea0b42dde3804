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

const described = ([path, text]: [string, string]): [RepoPath, TreeEntry] => [repoPathFromText(path), text.startsWith('-> ') ? { mode: '120000', id: text.slice(3) } : { mode: '100644', id: text }];
const tree = (files: Record<string, string>): Tree => new Map(Object.entries(files).map(described));

/** In both orders of the sides. */
function merged(base: Record<string, string>, ada: Record<string, string>, grace: Record<string, string>): string[][] {
  const [one, other] = [{ tree: tree(ada), machine: 'ada' }, { tree: tree(grace), machine: 'grace' }];
  const results = [mergeTrees(tree(base), one, other), mergeTrees(tree(base), other, one)];
  return results.map((result) => [...result.tree].map(([path, { mode, id }]) => `${path}: ${mode === '120000' ? '-> ' : ''}${id}`).sort());
}

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
