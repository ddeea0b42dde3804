import type { MirrorPlan, PlannedRepository } from '../../shared/mirror.ts';
import type { Text } from '../../shared/text/text.ts';

/** What loses something first, then what changes, what is new, what is left out. What stays as it is needs no row. */
export function planRows({ repos }: MirrorPlan): PlannedRepository[] {
  return repos.filter(({ action, problem }) => action !== 'exists' || problem !== null).sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

function rank({ action, refs, problem }: PlannedRepository): number {
  if (problem !== null) return 0;
  if (refs.some((ref) => ref.action === 'rewrite' || ref.action === 'delete')) return 1;
  return { update: 2, create: 3, exists: 4, skip: 5 }[action];
}

const SUMMED = ['create', 'update', 'exists', 'skip'] as const;

/** "2 are new, one changes, 40 stay as they are, 3 are left out." */
export function planSummary(text: Text, { repos }: MirrorPlan): string {
  const clauses = SUMMED.map((action) => ({ action, count: repos.filter((repo) => repo.action === action).length })).filter(({ count }) => count > 0);
  if (clauses.length === 0) return text.t('window.mirrors.nothing-matches');
  const sentence = clauses.map(({ action, count }) => text.t(`window.mirrors.plan.summary.${action}`, { count })).join(', ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
