import { describe, expect, it } from 'vitest';
import { backupName, newestFirst, outlived, parseBackup } from './ref-backups.ts';

const DAY = 24 * 3_600_000;
const NOW = Date.UTC(2026, 10, 21, 22, 13, 4, 5);
const backup = (ref: string, daysAgo: number) => {
  const name = backupName(ref, 'rewritten', NOW - daysAgo * DAY);
  const parsed = parseBackup(name, 'a'.repeat(40));
  if (!parsed) throw new Error(name);
  return parsed;
};

describe('a backup', () => {
  it('has a name that says all about it', () => {
    const name = backupName('refs/heads/a/b', 'target-overwritten', NOW);
    expect(name).toBe('refs/lockstep/backup/20261121T221304.005Z-target-overwritten/heads/a/b');
    expect(parseBackup(name, 'a'.repeat(40))).toEqual({ name, ref: 'refs/heads/a/b', commit: 'a'.repeat(40), at: '2026-11-21T22:13:04.005Z', why: 'target-overwritten' });
  });

  it.each(['refs/heads/main', 'refs/lockstep/backup/20261121T221304.005Z-lost/heads/x', 'refs/lockstep/backup/20261399T221304.005Z-moved/heads/x', 'refs/lockstep/backup/x'])('is not %s', (name) => expect(parseBackup(name, 'a'.repeat(40))).toBeNull());
});

it('backups go after their days, but never the newest of a ref', () => {
  const all = [backup('refs/heads/a', 100), backup('refs/heads/a', 200), backup('refs/heads/b', 300), backup('refs/heads/b', 10), backup('refs/tags/a', 400)];
  expect(outlived(all, 90, NOW).map(({ ref, at }) => [ref, (NOW - Date.parse(at)) / DAY])).toEqual([['refs/heads/a', 200], ['refs/heads/b', 300]]);
  expect(newestFirst(all)[0]).toEqual(all[3]);
});
