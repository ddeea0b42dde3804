import type { Activity } from '../activity.ts';
import type { Rescued } from '../commands.ts';
import { problemMark } from '../problem-mark.ts';
import { codeSentence, failureSentence, problemValues, shownParams } from './problem-text.ts';
import type { Text, TextKey, Values } from './text.ts';
import { durationWords } from './times.ts';

/** An entry of the log in words: what was done, and the line that says why. */
export interface ActivityWords {
  readonly sentence: string;
  readonly why: string;
}

const NAMED_PATHS = 3;

/** "Took 2 changes to notes from studio-desktop." · "Its signal came by XMPP." */
export function activitySentence(text: Text, entry: Activity, folderName: string): ActivityWords {
  const values = activityValues(text, entry, folderName);
  return {
    sentence: text.first([`activity.what.${entry.what}.full`, `activity.what.${entry.what}.named`, `activity.what.${entry.what}.plain`], values),
    why: text.first([...ownReason(entry), `activity.why.${entry.why}.full`, `activity.why.${entry.why}.plain`], values),
  };
}

/** No rule of the folder is why something went wrong, or why a pause is over. */
function ownReason({ what, why, code }: Activity): TextKey[] {
  if (why !== 'rule') return [];
  if (what === 'resumed') return ['activity.why-resumed'];
  if (what === 'mass-change') return ['activity.why-mass-change'];
  return what === 'problem' && code ? [`activity.why-problem.${problemMark(code)}`] : [];
}

/** "changed here while another version came" */
export const rescuedWords = (text: Text, why: Rescued['why']): string => text.t(`activity.rescued.${why}`);

/** "Changed here while another version came." */
export function rescuedSentence(text: Text, why: Rescued['why']): string {
  const words = rescuedWords(text, why);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** "a, b, c and 4 more" */
export function pathList(text: Text, paths: readonly string[], total = paths.length): string {
  const named = paths.slice(0, NAMED_PATHS);
  const rest = total - named.length;
  if (rest > 0) return text.t('times.and-more', { list: named.join(', '), count: rest });
  const last = named.at(-1) ?? '';
  return named.length > 1 ? text.t('times.and', { list: named.slice(0, -1).join(', '), last }) : last;
}

function activityValues(text: Text, entry: Activity, folderName: string): Values {
  const { params, paths, machine, commit, code, mirrorCode } = entry;
  const files = typeof params['files'] === 'number' ? params['files'] : paths.length;
  const waitedMs = params['waitedMs'];
  return {
    ...shownParams(text, params),
    folder: folderName,
    machine,
    commit: commit?.slice(0, 7),
    paths: paths.length > 0 ? pathList(text, paths, Math.max(files, paths.length)) : undefined,
    waited: typeof waitedMs === 'number' ? durationWords(text, waitedMs) : undefined,
    problem: mirrorCode !== undefined ? failureSentence(text, mirrorCode, params) : code === undefined ? undefined : codeSentence(text, code, { folder: folderName, path: paths[0], ...problemValues(text, code, params) }),
  };
}
