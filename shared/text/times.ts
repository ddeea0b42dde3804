import type { Text } from './text.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const format = (text: Text, ms: number, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(text.locale, { ...options, ...(text.timeZone ? { timeZone: text.timeZone } : {}) }).format(new Date(ms));

/** Milliseconds since 1970 of an ISO time or of itself. */
export const instant = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at));

/** "16:10" */
export const clockTime = (text: Text, at: string | number): string => format(text, instant(at), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** "just now", "12 s ago", "3 min ago", then clock, yesterday, weekday, date. A time to come reads "just now". */
export function relativeTime(text: Text, at: string | number, nowMs: number): string {
  const ms = instant(at);
  const age = nowMs - ms;
  if (age < 5_000) return text.t('times.now');
  if (age < MINUTE_MS) return text.t('times.seconds-ago', { count: Math.floor(age / 1000) });
  if (age < HOUR_MS) return text.t('times.minutes-ago', { count: Math.floor(age / MINUTE_MS) });
  return dayAndClock(text, ms, nowMs);
}

/** "16:10" today, "yesterday 16:10", "Thu 16:10", "3 Mar", "3 Mar 2025"; also for times to come. */
export function dayAndClock(text: Text, at: string | number, nowMs: number): string {
  const ms = instant(at);
  const day = (when: number) => format(text, when, { year: 'numeric', month: '2-digit', day: '2-digit' });
  const clock = clockTime(text, ms);
  if (day(ms) === day(nowMs)) return clock;
  if (day(ms) === day(nowMs - DAY_MS)) return text.t('times.yesterday', { clock });
  if (Math.abs(nowMs - ms) < 6 * DAY_MS) return text.t('times.weekday', { weekday: format(text, ms, { weekday: 'short' }), clock });
  const sameYear = format(text, ms, { year: 'numeric' }) === format(text, nowMs, { year: 'numeric' });
  return format(text, ms, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** "0:41", "12:05": what is left of a countdown. */
export function countdown(until: string | number, nowMs: number): string {
  const seconds = Math.max(0, Math.ceil((instant(until) - nowMs) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** "0.4 s", "48 s", "6 min", "3 h 10 min", "2 days". */
export function durationWords(text: Text, durationMs: number): string {
  const seconds = durationMs / 1000;
  if (seconds < 10) return text.t('times.seconds', { value: decimal(text, seconds) });
  if (seconds < 120) return text.t('times.seconds', { value: Math.round(seconds) });
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return text.t('times.minutes', { value: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return text.t('times.days', { count: Math.round(hours / 24) });
  return minutes % 60 === 0 ? text.t('times.hours', { value: hours }) : text.t('times.hours-minutes', { value: hours, minutes: minutes % 60 });
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** "512 B", "4.1 kB", "312 MB": powers of a thousand, one decimal below ten. */
export function bytes(text: Text, count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const shown = unit > 0 && value < 9.95 ? decimal(text, value) : String(Math.round(value));
  return `${shown} ${UNITS[unit] ?? 'B'}`;
}

const decimal = (text: Text, value: number): string => new Intl.NumberFormat(text.locale, { maximumFractionDigits: 1 }).format(value);
