import type { AppState, FolderState } from '../../shared/app-state.ts';
import type { MirrorSummary } from '../../shared/mirror.ts';
import { needsPerson } from '../../shared/problem-mark.ts';
import { statusDocument } from '../../shared/status-document.ts';
import { folderSentence, folderWord, heldChip } from '../../shared/text/folder-text.ts';
import { headline } from '../../shared/text/headline.ts';
import { mirrorProblemSentence, mirrorStateWord } from '../../shared/text/mirror-text.ts';
import { nextStep } from '../../shared/text/next-step.ts';
import { heldSentence, problemSentence } from '../../shared/text/problem-text.ts';
import type { Text } from '../../shared/text/text.ts';
import { waitingItems, type WaitingItem } from '../../shared/text/waiting-items.ts';
import type { CliContext } from './cli-context.ts';
import { table } from './output.ts';
import { signalLines } from './signal-commands.ts';

/** More than these say nothing more at a glance. */
const LISTED_HELD = 5;

/** What every folder is doing, what waits for the person, and the signal links. */
export async function status(context: CliContext): Promise<void> {
  const state = await context.call('state.get', {});
  const mirrors = state.mirrors.length === 0 ? [] : await context.call('mirror.list', {});
  context.out.answer(statusDocument(context.text, state, context.nowMs, mirrors), () => page(context, state));
}

function page(context: CliContext, state: AppState): string {
  const { text, nowMs } = context;
  const { title, detail } = headline(text, { ...state, ready: true }, nowMs);
  const parts = [state.pid === 0 ? text.t('commandLine.answer.offline', { home: state.home }) : '', [title, detail].filter(Boolean).join('\n')];
  parts.push(waitingItems(text, state, nowMs).flatMap((item) => waitingLines(text, state, item)).join('\n'));
  const rows = table(state.folders.map((folder) => row(context, state, folder))).split('\n');
  parts.push(state.folders.flatMap((folder, index) => [rows[index] ?? '', ...rowSteps(text, folder)]).join('\n'));
  parts.push(table(state.mirrors.map((mirror) => mirrorRow(context, mirror))));
  parts.push(signalLines(text, state.signal));
  return parts.filter(Boolean).join('\n\n');
}

/** What waits, and below it what to do about it. */
function waitingLines(text: Text, state: AppState, { kind, folders, sentence, problem }: WaitingItem): string[] {
  const folder = state.folders.find(({ id }) => id === folders[0]?.id) ?? null;
  const line = `* ${folders.map(({ name }) => name).join(', ') || text.t('waiting.program')}: ${sentence}`;
  if (problem) return [line, step(text, problem, folder)];
  return kind === 'held' && folder ? [line, ...heldLines(text, folder)] : [line];
}

/** The first one's sentence is that of the folder's line; of very many, the rest is in the document. */
function heldLines(text: Text, folder: FolderState): string[] {
  const [first, ...others] = folder.held.slice(0, LISTED_HELD);
  const more = folder.held.length - LISTED_HELD;
  return [
    ...(first ? [step(text, first, folder)] : []),
    ...others.flatMap((held) => [`  ${heldSentence(text, held)}`, step(text, held, folder)]),
    ...(more > 0 ? [`  ${text.t('commandLine.answer.held-more', { count: more })}`] : []),
  ];
}

/** Below a folder's line: what to do about what goes on by itself, or is only to know. What waits for the person stands above. */
const rowSteps = (text: Text, folder: FolderState): string[] =>
  [needsPerson(folder) ? null : folder.problem, ...folder.notes].flatMap((problem) => (problem ? [step(text, problem, folder)] : []));

const step = (text: Text, met: Parameters<typeof nextStep>[1], folder: FolderState | null): string => `    → ${nextStep(text, met, folder)}`;

function mirrorRow({ text, nowMs }: CliContext, { id, name, state, total, problem, waiting }: MirrorSummary): string[] {
  const [first] = waiting.first;
  const held = problem ? mirrorProblemSentence(text, problem, { mirror: id, nowMs }) : first?.problem ? mirrorProblemSentence(text, first.problem, { mirror: id, repository: first.name, nowMs }) : '';
  return [name, mirrorStateWord(text, state), [text.t('mirrorLines.answer.counts', { count: total }), held].filter(Boolean).join(' · ')];
}

function row({ text, nowMs }: CliContext, state: AppState, folder: FolderState): string[] {
  const machineName = state.machines.find(({ self }) => self)?.name ?? '';
  const sentence = folderSentence(text, folder, { nowMs, machineName, recent: state.recent });
  const notes = folder.notes.map((note) => problemSentence(text, note, { nowMs, folder: folder.name }));
  return [folder.name, folderWord(text, folder), [sentence, heldChip(text, folder), ...notes].filter(Boolean).join(' · ')];
}
