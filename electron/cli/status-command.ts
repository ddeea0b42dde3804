import type { AppState, FolderState } from '../../shared/app-state.ts';
import { statusDocument } from '../../shared/status-document.ts';
import { folderSentence, heldChip } from '../../shared/text/folder-text.ts';
import { headline } from '../../shared/text/headline.ts';
import { phaseWord, problemSentence } from '../../shared/text/problem-text.ts';
import { waitingItems } from '../../shared/text/waiting-items.ts';
import type { CliContext } from './cli-context.ts';
import { table } from './output.ts';
import { signalLines } from './signal-commands.ts';

/** What every folder is doing, what waits for the person, and the signal links. */
export async function status(context: CliContext): Promise<void> {
  const state = await context.call('state.get', {});
  context.out.answer(statusDocument(context.text, state, context.nowMs), () => page(context, state));
}

function page(context: CliContext, state: AppState): string {
  const { text, nowMs } = context;
  const { title, detail } = headline(text, { ...state, ready: true }, nowMs);
  const parts = [state.pid === 0 ? text.t('commandLine.answer.offline', { home: state.home }) : '', [title, detail].filter(Boolean).join('\n')];
  const waits = waitingItems(text, state, nowMs);
  parts.push(waits.map(({ folders, sentence }) => `* ${folders.map(({ name }) => name).join(', ') || text.t('waiting.program')}: ${sentence}`).join('\n'));
  parts.push(table(state.folders.map((folder) => row(context, state, folder))));
  parts.push(signalLines(text, state.signal));
  return parts.filter(Boolean).join('\n\n');
}

function row({ text, nowMs }: CliContext, state: AppState, folder: FolderState): string[] {
  const machineName = state.machines.find(({ self }) => self)?.name ?? '';
  const sentence = folderSentence(text, folder, { nowMs, machineName, recent: state.recent });
  const notes = folder.notes.map((note) => problemSentence(text, note, { nowMs, folder: folder.name }));
  return [folder.name, phaseWord(text, folder.phase, folder.problem), [sentence, heldChip(text, folder), ...notes].filter(Boolean).join(' · ')];
}
