/** When the pictures and tests of the window take place. */
export const NOW_MS = Date.parse('2026-11-21T15:42:30.000Z');
export const DAY_S = 86_400;
export const ago = (seconds: number): string => new Date(NOW_MS - seconds * 1000).toISOString();
export const ahead = (seconds: number): string => ago(-seconds);
