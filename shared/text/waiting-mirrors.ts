import type { MirroredRepository, MirrorSummary } from '../mirror.ts';
import { mirrorProblemForPerson } from '../mirror-standing.ts';
import { mirrorProblemButton, mirrorProblemSentence, repositorySentence } from './mirror-text.ts';
import type { Text } from './text.ts';
import type { WaitingItem } from './waiting-items.ts';

const NAMED = 3;

/** What of a mirror waits for a person: what is wrong with all of it, and its repositories in one row. */
export function mirrorItems(text: Text, mirror: MirrorSummary, nowMs: number): WaitingItem[] {
  const { id, name, state, waiting } = mirror;
  if (state === 'paused') return [];
  const problem = mirrorProblemForPerson(mirror);
  const whole: WaitingItem[] = problem
    ? [
        {
          ...blank(`mirror-problem:${id}:${problem.code}`),
          sentence: mirrorProblemSentence(text, problem, { mirror: name, nowMs }),
          button: mirrorProblemButton(text, problem),
          mirror: { id, name, repo: null, problem, about: [problem.code] },
        },
      ]
    : [];
  return waiting.total > 0 ? [...whole, repositoriesItem(text, mirror, nowMs)] : whole;
}

function repositoriesItem(text: Text, { id, name, waiting: { total, first } }: MirrorSummary, nowMs: number): WaitingItem {
  const about = first.map((repo) => `${repo.problem?.code ?? repo.state}:${repo.name}`);
  const item = { ...blank(`mirror:${id}`), count: total };
  const [only] = first;
  if (only && total === 1) {
    const button = only.problem ? mirrorProblemButton(text, only.problem) : text.t('waiting.mirror-look');
    return { ...item, sentence: repositorySentence(text, only, nowMs), button, mirror: { id, name, repo: only.name, problem: only.problem, about } };
  }
  return { ...item, sentence: text.t('waiting.mirror', { count: total, names: names(text, first, total) }), button: text.t('waiting.mirror-button'), mirror: { id, name, repo: null, problem: null, about } };
}

function names(text: Text, first: readonly MirroredRepository[], total: number): string {
  const named = first.slice(0, total > NAMED + 1 ? NAMED : total).map((repo) => repo.name);
  const rest = total - named.length;
  if (rest > 0) return text.t('times.and-more', { list: named.join(', '), count: rest });
  return text.t('times.and', { list: named.slice(0, -1).join(', '), last: named.at(-1) });
}

const blank = (key: string) => ({ kind: 'mirror' as const, key, folders: [], count: 1, problem: null, action: null, deadline: null });
