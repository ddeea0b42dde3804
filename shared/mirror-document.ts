import type { MirrorProblem } from './mirror-problem.ts';
import type { Mirror, MirrorPlan } from './mirror.ts';
import { mirrorNextStep, mirrorProblemSentence, type MirrorPlace } from './text/mirror-text.ts';
import type { Text } from './text/text.ts';

/** The mirror M of INTERFACE.md: its own fields, each problem with its sentence and next step. Scripts rely on it: add, never rename. */
export function mirrorDocument(text: Text, mirror: Mirror, nowMs: number) {
  const { id, name, source, target, how, every, state, problem, counts, total, running, lastRunAt, nextRunAt, lastHook, repos } = mirror;
  return {
    id,
    name,
    source,
    target,
    how,
    every,
    state,
    problem: problem && problemDocument(text, problem, { mirror: id }, nowMs),
    repos: repos.map((repo) => ({ ...repo, problem: repo.problem && problemDocument(text, repo.problem, { mirror: id, repository: repo.name }, nowMs) })),
    counts,
    total,
    running,
    lastRun: lastRunAt,
    nextRun: nextRunAt,
    lastHook,
  };
}

/** `mirror preview`: as INTERFACE.md has it. */
export const planDocument = (text: Text, mirror: string, { repos }: MirrorPlan, nowMs: number) => ({
  repos: repos.map(({ problem, ...repo }) => ({ ...repo, problem: problem && problemDocument(text, problem, { mirror, repository: repo.name }, nowMs) })),
});

/** `{code, message, next, retryAt?, action?}`; the message holds no countdown, the time stands beside it. */
function problemDocument(text: Text, problem: MirrorProblem, place: MirrorPlace, nowMs: number) {
  const { code, since, retryAt, action } = problem;
  const message = mirrorProblemSentence(text, { ...problem, retryAt: undefined }, { ...place, nowMs });
  return { code, message, next: mirrorNextStep(text, problem, place), since, ...(retryAt === undefined ? {} : { retryAt }), ...(action === undefined ? {} : { action }) };
}
