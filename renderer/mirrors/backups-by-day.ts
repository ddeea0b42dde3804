import type { RefBackup } from '../../shared/mirror.ts';

const DAY_MS = 86_400_000;

/** How many were made on each of the last days, oldest first; days begin at midnight UTC. */
export function backupsByDay(backups: readonly Pick<RefBackup, 'at'>[], nowMs: number, days: number): number[] {
  const counts = Array.from({ length: days }, () => 0);
  const today = Math.floor(nowMs / DAY_MS);
  for (const { at } of backups) {
    const place = days - 1 - (today - Math.floor(Date.parse(at) / DAY_MS));
    if (counts[place] !== undefined) counts[place] += 1;
  }
  return counts;
}
