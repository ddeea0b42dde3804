import { mirrorTier, type MirrorProblem } from '../mirror-problem.ts';
import type { MirroredRepository, MirrorState } from '../mirror.ts';
import { shownParams } from './problem-text.ts';
import type { Text } from './text.ts';
import { countdown } from './times.ts';

/** Whom a mirror's problem concerns. */
export interface MirrorPlace {
  readonly mirror?: string;
  readonly repository?: string;
}

type Said = Pick<MirrorProblem, 'code' | 'params'> & Partial<Pick<MirrorProblem, 'retryAt'>>;

/** "main was rewritten at the source; 14 commits left it. Nothing was moved." With a countdown only where waiting helps. */
export function mirrorProblemSentence(text: Text, { code, params, retryAt }: Said, place: MirrorPlace & { readonly nowMs: number }): string {
  const sentence = text.first([`mirrorProblems.${code}.full`, `mirrorProblems.${code}.plain`], { ...place, ...shownParams(text, params) });
  if (mirrorTier(code) !== 'retrying' || retryAt === undefined || Date.parse(retryAt) <= place.nowMs) return sentence;
  return text.t('folders.row.next-try', { sentence, left: countdown(retryAt, place.nowMs) });
}

export const mirrorProblemButton = (text: Text, { code }: Pick<MirrorProblem, 'code'>): string => text.t(`mirrorProblems.${code}.button`);

/** What the person does about it, as a line for a terminal. */
export const mirrorNextStep = (text: Text, { code, params }: Said, place: MirrorPlace): string =>
  text.first([`mirrorProblems.${code}.step`], { mirror: 'ID', repository: 'REPO', account: 'NAME', ...place, ...shownParams(text, params) });

/** Why a repository stands as it does: its problem, or what its state means. */
export const repositorySentence = (text: Text, { name, state, problem }: Pick<MirroredRepository, 'name' | 'state' | 'problem'>, nowMs: number): string =>
  problem === null ? text.t(`mirrors.why.${state}`) : mirrorProblemSentence(text, problem, { repository: name, nowMs });

export const mirrorStateWord = (text: Text, state: MirrorState): string => text.t(`mirrors.state.${state}`);
