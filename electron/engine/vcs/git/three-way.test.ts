import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RepoPath } from '../../repo-path.ts';
import type { TreeChange, TreeEntry } from '../vcs.ts';
import { resolveConflicts, type Around } from './merge-conflicts.ts';
import { directoriesOf, threeWay, versionsOf } from './three-way.ts';

type Tree = ReadonlyMap<RepoPath, TreeEntry>;

const NAMES = ['a', 'b', 'd', 'd/x', 'd/y', 'd/x/deep', 'e.txt'] as RepoPath[];
const entry = fc.record({ mode: fc.constantFrom<TreeEntry['mode']>('100644', '100755', '120000'), id: fc.integer({ min: 0, max: 3 }).map((number) => String(number).repeat(40)) });

/** A tree in which no file lies below another. */
const tree: fc.Arbitrary<Tree> = fc.dictionary(fc.constantFrom(...NAMES), entry).map((found) => {
  const all = Object.entries(found) as [RepoPath, TreeEntry][];
  const folders = directoriesOf(all.map(([path]) => path));
  return new Map(all.filter(([path]) => !folders.has(path)));
});

const diff = (before: Tree, after: Tree): TreeChange[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));

/** The engine's way from three trees to one, without the lines of files. */
function merge(base: Tree, first: Tree, second: Tree): Tree {
  const { entries, contested } = threeWay(versionsOf([{ first: diff(base, first), second: diff(base, second) }]), new Map());
  const directories = directoriesOf([...entries].flatMap(([path, one]) => (one ? [path] : [])), contested.map(({ path }) => path));
  const folders = directoriesOf(first.keys(), second.keys());
  const around: Around = { machine: (side) => side, present: (name) => (folders.has(name) ? 'directory' : (first.get(name) ?? second.get(name) ?? null)), isDirectory: (path) => directories.has(path) };
  const result = new Map(first);
  for (const [path, one] of [...entries, ...resolveConflicts(contested, around).entries]) {
    if (one) result.set(path, one);
    else result.delete(path);
  }
  return result;
}

const ids = (one: Tree): Set<string> => new Set([...one.values()].map(({ id }) => id));

describe('a merge path by path', () => {
  it('loses no version that either side made', () => {
    fc.assert(
      fc.property(tree, tree, tree, (base, first, second) => {
        const kept = ids(merge(base, first, second));
        for (const side of [first, second]) for (const { path, after } of diff(base, side)) expect(after === null || kept.has(after.id), `${path} ${after?.id}`).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('gives a tree that can be: no file where a folder is', () => {
    fc.assert(
      fc.property(tree, tree, tree, (base, first, second) => {
        const result = merge(base, first, second);
        const folders = directoriesOf(result.keys());
        expect([...result.keys()].filter((path) => folders.has(path))).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('changes nothing that only one side changed', () => {
    fc.assert(
      fc.property(tree, tree, (base, changed) => {
        expect(merge(base, base, changed)).toEqual(changed);
        expect(merge(base, changed, base)).toEqual(changed);
        expect(merge(base, changed, changed)).toEqual(changed);
      }),
      { numRuns: 1_000 },
    );
  });
});
