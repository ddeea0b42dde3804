import type { CommitEntry } from '../../shared/commands.ts';
import { printable } from '../../shared/text/printable.ts';
import type { Text } from '../../shared/text/text.ts';
import { instant } from '../../shared/text/times.ts';
import { displayParts } from '../components/path-parts.ts';

const DAY_MS = 86_400_000;
const PICTURE = /\.(png|jpe?g|gif|webp|avif|bmp|heic|tiff?)$/i;

/** The two lines of a change in a list, and a word where it is of a special kind. */
export function changeWords(text: Text, entry: CommitEntry): { subject: string; detail: string; kind: string | null } {
  const subject = printable((entry.message.split('\n')[0] ?? '').trim()) || text.t('window.history.no-message');
  const [only] = entry.files;
  const what = entry.files.length === 1 && only ? displayParts(only.path).name : text.t('window.count.files', { count: entry.files.length });
  const isMerge = entry.parents.length > 1;
  const detail = text.t('window.history.meta', { machine: entry.machine ?? entry.author, what: isMerge && entry.files.length === 0 ? text.t('window.history.merge') : what });
  return { subject, detail, kind: isMerge ? text.t('window.history.merge') : specialKind(text, entry) };
}

function specialKind(text: Text, { files }: CommitEntry): string | null {
  const all = (kind: CommitEntry['files'][number]['change']) => files.length > 0 && files.every(({ change }) => change === kind);
  if (all('renamed')) return text.t('window.history.change.renamed');
  if (all('deleted')) return text.t('window.history.change.deleted');
  return files.length > 0 && files.every(({ path }) => PICTURE.test(path)) ? text.t('window.history.picture') : null;
}

const dayFormat = (text: Text, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(text.locale, { timeZone: text.timeZone, ...options });
const dayOf = (text: Text, ms: number): string => dayFormat(text, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms);

/** Whether a change begins a new day in the list. */
export function startsDay(text: Text, entries: readonly CommitEntry[], at: number): boolean {
  const [entry, before] = [entries[at], entries[at - 1]];
  return entry !== undefined && (before === undefined || dayOf(text, instant(before.at)) !== dayOf(text, instant(entry.at)));
}

/** "Today", "Yesterday", "Thursday", "Thursday 3 March", "3 March 2025". */
export function dayWord(text: Text, at: string, nowMs: number): string {
  const ms = instant(at);
  if (dayOf(text, ms) === dayOf(text, nowMs)) return text.t('window.history.today');
  if (dayOf(text, ms) === dayOf(text, nowMs - DAY_MS)) return text.t('window.history.yesterday');
  if (nowMs - ms < 6 * DAY_MS) return dayFormat(text, { weekday: 'long' }).format(ms);
  const sameYear = dayFormat(text, { year: 'numeric' }).format(ms) === dayFormat(text, { year: 'numeric' }).format(nowMs);
  return dayFormat(text, sameYear ? { weekday: 'long', day: 'numeric', month: 'long' } : { day: 'numeric', month: 'long', year: 'numeric' }).format(ms);
}
