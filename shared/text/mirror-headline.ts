import { inStates, isMirrorInStep, mirrorProblemForPerson } from '../mirror-standing.ts';
import type { MirrorState, MirrorSummary } from '../mirror.ts';
import type { Headline } from './headline.ts';
import type { Text } from './text.ts';

/** "2 of 3 mirrors are in step. 5 repositories wait for you." · "158 of 173 repositories are in step, 2 are being copied." */
export function mirrorHeadline(text: Text, mirrors: readonly MirrorSummary[]): Headline {
  if (mirrors.length === 0) return { title: text.t('mirrors.headline.none'), detail: '' };
  const waits = mirrors.reduce((sum, { waiting, state }) => sum + (state === 'paused' ? 0 : waiting.total), 0);
  const stopped = mirrors.filter((mirror) => mirrorProblemForPerson(mirror) !== null).length;
  const parts = [standing(text, mirrors)];
  if (waits > 0) parts.push(text.t('mirrors.headline.waits', { count: waits }));
  else if (stopped > 0) parts.push(text.t('mirrors.headline.stopped', { count: stopped }));
  return { title: parts.join(' '), detail: detail(text, mirrors) };
}

function standing(text: Text, mirrors: readonly MirrorSummary[]): string {
  const total = mirrors.length;
  if (mirrors.every(({ state }) => state === 'paused')) return text.t('mirrors.headline.all-paused', { count: total, mirror: mirrors[0]?.name });
  const inStep = mirrors.filter(isMirrorInStep).length;
  if (inStep === total) return text.t('mirrors.headline.all', { count: total, mirror: mirrors[0]?.name });
  if (inStep > 0) return text.t('mirrors.headline.some', { count: inStep, total });
  return text.t('mirrors.headline.none-in-step', { count: total, mirror: mirrors[0]?.name });
}

const COPYING: readonly MirrorState[] = ['syncing'];
const NOT_YET: readonly MirrorState[] = ['never-synced'];
const PUT_AWAY: readonly MirrorState[] = ['empty', 'paused'];

function detail(text: Text, mirrors: readonly MirrorSummary[]): string {
  const count = (states: readonly MirrorState[]) => mirrors.reduce((sum, mirror) => sum + inStates(mirror, (state) => states.includes(state)), 0);
  const total = mirrors.reduce((sum, mirror) => sum + mirror.total, 0);
  if (total === 0) return '';
  const clauses = ([['copying', COPYING], ['not-yet', NOT_YET], ['put-away', PUT_AWAY]] as const)
    .map(([key, states]) => ({ key, count: count(states) }))
    .filter((clause) => clause.count > 0)
    .map(({ key, count: many }) => text.t(`mirrors.headline.${key}`, { count: many }));
  return `${[text.t('mirrors.headline.repositories', { count: count(['in-sync']), total }), ...clauses].join(', ')}.`;
}
