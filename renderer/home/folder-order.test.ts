import { describe, expect, it } from 'vitest';
import { ago, conflictFixture, folderFixture } from '../testing/fixtures.ts';
import { sortFolders } from './folder-order.ts';
import { keepOrder } from './use-held-still.ts';

const changed = (seconds: number) => ({ id: 'c', at: ago(seconds), message: '', machine: null });
const folders = [
  folderFixture('b', { lastCommit: changed(100) }),
  folderFixture('a', { lastCommit: changed(100) }),
  folderFixture('moving', { phase: 'pushing', lastCommit: changed(9000) }),
  folderFixture('late', { lastCommit: changed(1), paused: true }),
  folderFixture('torn', { lastCommit: null, conflicts: [conflictFixture('c', 'torn', 'x')] }),
];
const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).join(' ');

describe('the order of folders', () => {
  it('is by last change, what moves now first, equal ones by name', () => {
    expect(names(sortFolders(folders, 'last-change'))).toBe('moving late a b torn');
  });

  it('is by name, or by what needs a look', () => {
    expect(names(sortFolders(folders, 'name'))).toBe('a b late moving torn');
    expect(names(sortFolders(folders, 'state'))).toBe('torn moving a b late');
  });

  it('counts numbers in names as numbers', () => {
    expect(names(sortFolders(['k10', 'k2', 'k1'].map((id) => folderFixture(id)), 'name'))).toBe('k1 k2 k10');
  });

  it('does not change under the pointer; what is new comes at the end', () => {
    const before = ['b', 'a', 'late'];
    expect(names(keepOrder(sortFolders(folders, 'last-change'), before))).toBe('b a late moving torn');
  });
});
