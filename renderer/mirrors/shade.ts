const DAY_MS = 86_400_000;

export const SHADES = ['0', '1', '2', '3'] as const;
export type Shade = (typeof SHADES)[number];

/** How lately something moved: today, this week, this month, earlier (or never). */
export function shade(lastMoved: string | null, nowMs: number): Shade {
  if (lastMoved === null) return '0';
  const ageMs = nowMs - Date.parse(lastMoved);
  if (ageMs < DAY_MS) return '3';
  if (ageMs < 7 * DAY_MS) return '2';
  return ageMs < 30 * DAY_MS ? '1' : '0';
}
