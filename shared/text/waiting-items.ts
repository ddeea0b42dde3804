import type { AppState, FolderState } from '../app-state.ts';
import { MARK_TONES, markOfProblem } from '../folder-mark.ts';
import { problemForPerson } from '../folder-standing.ts';
import { problemMark } from '../problem-mark.ts';
import type { MirrorProblem } from '../mirror-problem.ts';
import type { Problem, ProblemAction } from '../problem.ts';
import { mirrorItems } from './waiting-mirrors.ts';
import { serverName } from './folder-text.ts';
import { heldSentence, problemButton, problemSentence } from './problem-text.ts';
import type { Text } from './text.ts';

export type WaitingKind = 'conflict' | 'message' | 'held' | 'decision' | 'broken' | 'mirror';

export interface WaitingMirror {
  readonly id: string;
  readonly name: string;
  readonly repo: string | null;
  readonly problem: MirrorProblem | null;
  /** What waits, one by one: said again only when something new is among it. */
  readonly about: readonly string[];
}

/** One row of "Waits for you": a sentence and one button. */
export interface WaitingItem {
  readonly kind: WaitingKind;
  /** Stays the same while the same thing waits. */
  readonly key: string;
  /** The folders it is about; none: the program itself. */
  readonly folders: readonly { readonly id: string; readonly name: string }[];
  readonly sentence: string;
  readonly button: string;
  /** How many files or conflicts. */
  readonly count: number;
  readonly problem: Problem | null;
  /** The mirror it is about, and which of its repositories (null: several, or the mirror as a whole). */
  readonly mirror: WaitingMirror | null;
  readonly action: ProblemAction | null;
  /** Until when a message is waited for (ISO). */
  readonly deadline: string | null;
}

/** Everything that waits for a person, broken things first. Independent of the order in which folders changed. */
export function waitingItems(text: Text, state: AppState, nowMs: number): WaitingItem[] {
  const items = [
    ...state.problems.map((problem) => problemItem(text, problem, null, nowMs)),
    ...state.folders.flatMap((folder) => folderItems(text, folder, nowMs)),
    ...conflictItem(text, state.folders),
    ...state.mirrors.flatMap((mirror) => mirrorItems(text, mirror, nowMs)),
  ];
  return items.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

const ORDER: readonly WaitingKind[] = ['broken', 'decision', 'conflict', 'mirror', 'message', 'held'];

const named = ({ id, name }: FolderState) => ({ id, name });

function folderItems(text: Text, folder: FolderState, nowMs: number): WaitingItem[] {
  const items: WaitingItem[] = [];
  if (folder.paused) return items;
  const problem = problemForPerson(folder);
  if (problem) items.push(problemItem(text, problem, folder, nowMs));
  if (folder.phase === 'awaiting-message' && folder.messageRequest) {
    const { total, deadline } = folder.messageRequest;
    items.push({ ...blank('message', `message:${folder.id}`), folders: [named(folder)], count: total, deadline, sentence: text.t('waiting.message', { count: total }), button: text.t('waiting.message-button') });
  }
  const [first] = folder.held;
  if (first) {
    const count = folder.held.length;
    const sentence = text.t('waiting.held-first', { count, sentence: heldSentence(text, first) });
    items.push({ ...blank('held', `held:${folder.id}`), folders: [named(folder)], count, sentence, button: text.t('waiting.held-button') });
  }
  return items;
}

function conflictItem(text: Text, folders: readonly FolderState[]): WaitingItem[] {
  const conflicted = folders.filter(({ conflicts }) => conflicts.length > 0);
  const count = conflicted.reduce((sum, { conflicts }) => sum + conflicts.length, 0);
  if (count === 0) return [];
  return [{ ...blank('conflict', 'conflicts'), folders: conflicted.map(named), count, sentence: text.t('waiting.conflict', { count }), button: text.t('waiting.conflict-button') }];
}

function problemItem(text: Text, problem: Problem, folder: FolderState | null, nowMs: number): WaitingItem {
  const isBroken = folder ? MARK_TONES[markOfProblem(problem, folder)] === 'stop' : problemMark(problem.code) === 'broken';
  const kind = isBroken ? 'broken' : 'decision';
  return {
    ...blank(kind, `problem:${folder?.id ?? ''}:${problem.code}`),
    folders: folder ? [named(folder)] : [],
    sentence: problemSentence(text, problem, { nowMs, folder: folder?.name, server: serverName(folder?.remote ?? null) }),
    button: problemButton(text, problem),
    problem,
    action: problem.action ?? null,
  };
}

const blank = (kind: WaitingKind, key: string) => ({ kind, key, count: 1, problem: null, mirror: null, action: null, deadline: null });
