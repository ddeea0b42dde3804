import type { Activity } from '../activity.ts';
import type { FolderState } from '../app-state.ts';
import { isAlone, isInStep, lacksItsServer } from '../folder-standing.ts';
import { MARK_TONES, markOfProblem } from '../folder-mark.ts';
import { problemTier, type Problem } from '../problem.ts';
import { phaseWord, problemSentence } from './problem-text.ts';
import type { Text } from './text.ts';
import { countdown, dayAndClock, relativeTime } from './times.ts';

export interface FolderContext {
  readonly nowMs: number;
  /** Name of this machine, to tell its changes from others'. */
  readonly machineName: string;
  /** What was done lately, newest first; lets the sentence say how many changes came from whom. */
  readonly recent?: readonly Activity[];
}

/** The second line of a folder's row: "In step. Took 2 changes from studio-desktop, 12 s ago". */
export function folderSentence(text: Text, folder: FolderState, context: FolderContext): string {
  if (folder.paused) return pausedSentence(text, folder, context.nowMs);
  if (folder.problem && (problemTier(folder.problem.code) !== 'note' || lacksItsServer(folder, folder.problem))) return troubleSentence(text, folder, context.nowMs);
  switch (folder.phase) {
    case 'awaiting-message': {
      const { messageRequest } = folder;
      if (!messageRequest) return text.t('folders.phase.awaiting-message');
      return text.t('folders.row.message', { count: messageRequest.total, left: countdown(messageRequest.deadline, context.nowMs) });
    }
    case 'settling':
      return folder.settlesAt && Date.parse(folder.settlesAt) > context.nowMs
        ? text.t('folders.row.settling-until', { left: countdown(folder.settlesAt, context.nowMs) })
        : text.t('folders.row.settling');
    case 'committing':
      return text.t('folders.row.committing');
    case 'pushing':
      return folder.ahead > 0 ? text.t('folders.row.pushing-count', { count: folder.ahead }) : text.t('folders.row.pushing');
    case 'pulling':
      return folder.behind > 0 ? text.t('folders.row.pulling-count', { count: folder.behind }) : text.t('folders.row.pulling');
    case 'retrying':
      return text.t('folders.row.retrying');
    case 'halted':
      return text.t('folders.row.halted');
    case 'conflicted':
      return folder.conflicts.length > 0 ? text.t('folders.row.conflicts', { count: folder.conflicts.length }) : text.t('folders.row.undecided');
    case 'paused':
    case 'watching':
      return restSentence(text, folder, context);
  }
}

/** A folder's state in a word: "In step", "Paused", "Stopped", "Saved here only". */
export function folderWord(text: Text, folder: FolderState): string {
  if (folder.paused) return text.t('folders.phase.paused');
  if (folder.problem && MARK_TONES[markOfProblem(folder.problem, folder)] === 'stop') return text.t('folders.stopped');
  if (isAlone(folder)) return text.t('folders.alone');
  if (folder.phase === 'watching' && !isInStep(folder)) return text.t('folders.not-yet');
  return phaseWord(text, folder.phase, folder.problem);
}

const NOTED = ['untrusted-config', 'watch-limit'] as const;

/** What a person may want to know of a folder that goes on; `folders.note` has the words for a chip. */
export const shownNotes = ({ notes }: Pick<FolderState, 'notes'>): (Problem & { readonly code: (typeof NOTED)[number] })[] =>
  notes.flatMap((note) => NOTED.filter((code) => code === note.code).map((code) => ({ ...note, code })));

/** "2 held back", for the chip beside a row; null when nothing is. */
export const heldChip = (text: Text, folder: FolderState): string | null => (folder.held.length > 0 ? text.t('folders.held', { count: folder.held.length }) : null);

/** Host of a remote's address, as sentences name it; undefined for a path. */
export function serverName(remote: string | null): string | undefined {
  const url = remote?.match(/^[a-z+]+:\/\/(.*)$/i);
  const found = url ? url[1]?.match(/^(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/) : remote?.match(/^(?:[^@/:]+@)?([^:/]{2,}):/);
  return found?.[1];
}

function pausedSentence(text: Text, folder: FolderState, nowMs: number): string {
  const paused = folder.pausedUntil
    ? text.t('folders.row.paused-until', { until: dayAndClock(text, folder.pausedUntil, nowMs) })
    : text.t('folders.row.paused');
  if (folder.ahead > 0) return text.t('folders.row.paused-waits', { paused, count: folder.ahead });
  return folder.dirty ? text.t('folders.row.paused-dirty', { paused }) : paused;
}

function troubleSentence(text: Text, folder: FolderState, nowMs: number): string {
  const { problem } = folder;
  if (!problem) return '';
  if (problem.code === 'offline' && problem.params['how'] === undefined && !folder.dirty) {
    return folder.ahead > 0 ? text.t('folders.row.offline-waits', { count: folder.ahead }) : text.t('folders.row.offline-none');
  }
  return problemSentence(text, problem, { nowMs, folder: folder.name, server: serverName(folder.remote) });
}

function restSentence(text: Text, folder: FolderState, context: FolderContext): string {
  const { options, ahead: count, behind } = folder;
  if (folder.dirty) return text.t(options.commit ? 'folders.row.dirty' : 'folders.row.dirty-no-commit');
  if (folder.remote === null) return text.t('folders.row.saved-here');
  if (count > 0) return text.t(options.push ? 'folders.row.ahead' : 'folders.row.ahead-no-push', { count });
  if (behind > 0) return text.t(options.pull ? 'folders.row.behind' : 'folders.row.behind-no-pull', { count: behind });
  if (folder.conflicts.length > 0) return text.t('folders.row.in-step-conflicts', { count: folder.conflicts.length });
  return lastMoveSentence(text, folder, context);
}

/** In step, and the last thing that moved: from the log where it is at hand, else from the newest commit. */
function lastMoveSentence(text: Text, folder: FolderState, { nowMs, machineName, recent = [] }: FolderContext): string {
  const { lastCommit } = folder;
  const author = lastCommit?.machine === machineName ? undefined : (lastCommit?.machine ?? undefined);
  const last = recent.find((entry) => entry.folder === folder.id && (entry.what === 'pushed' || entry.what === 'pulled' || entry.what === 'merged'));
  const ago = last && relativeTime(text, last.at, nowMs);
  const count = last?.params['count'];
  if (last?.what === 'pushed') return text.first(['folders.row.in-step-pushed', 'folders.row.in-step-pushed-some'], { count, ago });
  const machine = last?.machine ?? author;
  if (last && machine !== undefined && count !== undefined) return text.t('folders.row.in-step-took', { count, machine, ago });
  if (last && machine !== undefined) return text.first(['folders.row.in-step-took-files', 'folders.row.in-step-took-some'], { count: last.params['files'], machine, ago });
  if (!lastCommit) return text.t('folders.row.in-step-empty');
  // When it was taken is not known here: every look at the server is a pull.
  if (author !== undefined) return text.t('folders.row.in-step-newest', { machine: author, ago: relativeTime(text, lastCommit.at, nowMs) });
  return lastCommit.machine === null ? text.t('folders.row.in-step') : text.t('folders.row.in-step-saved', { ago: relativeTime(text, lastCommit.at, nowMs) });
}
