import type { AppState, FolderState } from '../app-state.ts';
import { isAlone, isInStep, isWorking, problemForPerson } from '../folder-standing.ts';
import { problemTier } from '../problem.ts';
import { mirrorHeadline } from './mirror-headline.ts';
import type { Text } from './text.ts';
import { dayAndClock } from './times.ts';
import { waitingItems } from './waiting-items.ts';

/** What leads every view: how many folders are in step and what waits, then what the others are doing. */
export interface Headline {
  readonly title: string;
  readonly detail: string;
}

const NAMED_IN_DETAIL = 3;

/** "4 of 8 folders are in step. 4 things wait for you." · "photos-index is on its way, scores is paused." */
export function headline(text: Text, state: AppState, nowMs: number): Headline {
  const { folders } = state;
  if (folders.length === 0 && state.mirrors.length > 0) return mirrorHeadline(text, state.mirrors);
  if (folders.length === 0) return { title: text.t('folders.headline.none'), detail: text.t('folders.headline.none-detail') };
  const waits = waitingItems(text, state, nowMs).length;
  const title = [standing(text, state, nowMs), ...(waits > 0 ? [text.t('folders.headline.waits', { count: waits })] : [])].join(' ');
  return { title, detail: detail(text, folders, waits) };
}

function standing(text: Text, state: AppState, nowMs: number): string {
  const { folders } = state;
  const total = folders.length;
  const [first] = folders;
  if (!state.ready) return text.t('folders.headline.reading', { count: total });
  if (folders.every(({ paused }) => paused)) return allPaused(text, folders, nowMs);
  const inStep = folders.filter(isInStep).length;
  if (inStep === total) return total === 1 ? text.t('folders.headline.all-one', { folder: first?.name }) : text.t('folders.headline.all', { total });
  const active = folders.filter(({ paused }) => !paused);
  if (active.every(({ problem }) => problem?.code === 'offline')) return text.t('folders.headline.all-offline');
  if (active.every(isAlone)) return text.t('folders.headline.all-alone', { count: active.length, folder: active[0]?.name });
  if (inStep > 0) return text.t('folders.headline.some', { count: inStep, total });
  return total === 1 ? text.t('folders.headline.only-one', { folder: first?.name }) : text.t('folders.headline.none-in-step', { total });
}

function allPaused(text: Text, folders: readonly FolderState[], nowMs: number): string {
  const ends = folders.map(({ pausedUntil }) => pausedUntil);
  const first = ends.filter((end) => end !== null).sort()[0];
  if (first === undefined || ends.includes(null)) return text.t('folders.headline.all-paused');
  return text.t('folders.headline.all-paused-until', { until: dayAndClock(text, first, nowMs) });
}

function detail(text: Text, folders: readonly FolderState[], waits: number): string {
  const others = folders.filter((folder) => !isInStep(folder));
  if (others.length === 0) return waits === 0 ? text.t('folders.headline.idle') : '';
  const parts = others.slice(0, NAMED_IN_DETAIL).map((folder) => text.t(clause(folder), { folder: folder.name }));
  const rest = others.length - parts.length;
  if (rest > 0) parts.push(text.t('folders.headline.more', { count: rest }));
  return `${parts.join(', ')}.`;
}

function clause(folder: FolderState) {
  if (folder.paused) return 'folders.headline.paused';
  if (isAlone(folder)) return 'folders.headline.alone';
  const code = folder.problem?.code;
  if (code === 'rebase-in-progress') return 'folders.headline.rebase';
  if (code === 'merge-in-progress') return 'folders.headline.merge';
  if (problemForPerson(folder)) return 'folders.headline.stopped';
  if (code && problemTier(code) === 'waiting') return 'folders.headline.person';
  if (folder.phase === 'awaiting-message' || folder.phase === 'conflicted' || folder.phase === 'halted') return 'folders.headline.stopped';
  if (folder.phase === 'retrying') return 'folders.headline.retrying';
  return isWorking(folder) ? 'folders.headline.on-its-way' : 'folders.headline.behind';
}
