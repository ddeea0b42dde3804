import type { PlannedRef, RefBackup } from '../../../shared/mirror.ts';

const BACKUPS = 'refs/lockstep/backup/';

const NAME = /^refs\/lockstep\/backup\/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)\.(\d{3})Z-(rewritten|moved|deleted|target-overwritten)\/((?:heads|tags)\/.+)$/;
const DAY_MS = 24 * 3_600_000;

/** Where the value goes that a ref has at this moment (milliseconds since 1970): `refs/lockstep/backup/20261121T221304.123Z-rewritten/heads/main`. */
export function backupName(ref: string, why: RefBackup['why'], atMs: number): string {
  const stamp = new Date(atMs).toISOString().replace(/[-:]/g, '');
  return `${BACKUPS}${stamp}-${why}/${ref.slice('refs/'.length)}`;
}

/** Why a move of the store needs a backup of what was there; null: nothing leaves. */
export function backupReason({ ref, action }: Pick<PlannedRef, 'ref' | 'action'>): RefBackup['why'] | null {
  if (action === 'delete') return 'deleted';
  if (action !== 'rewrite') return null;
  return ref.startsWith('refs/tags/') ? 'moved' : 'rewritten';
}

/** What the name of a backup says; null: it is none of ours. */
export function parseBackup(name: string, commit: string): RefBackup | null {
  const [, year, month, day, hour, minute, second, millisecond, why, rest] = NAME.exec(name) ?? [];
  const at = `${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`;
  if (rest === undefined || Number.isNaN(Date.parse(at))) return null;
  const reasons: readonly RefBackup['why'][] = ['rewritten', 'moved', 'deleted', 'target-overwritten'];
  const known = reasons.find((one) => one === why);
  return known ? { name, ref: `refs/${rest}`, commit, at, why: known } : null;
}

export const newestFirst = (backups: readonly RefBackup[]): RefBackup[] => [...backups].sort((one, other) => (one.at === other.at ? (one.name < other.name ? -1 : 1) : one.at < other.at ? 1 : -1));

/** Those older than so many days, but never the newest of a ref. */
export function outlived(backups: readonly RefBackup[], keepDays: number, nowMs: number): RefBackup[] {
  const seen = new Set<string>();
  return newestFirst(backups).filter(({ ref, at }) => {
    const isNewest = !seen.has(ref);
    seen.add(ref);
    return !isNewest && nowMs - Date.parse(at) > keepDays * DAY_MS;
  });
}
