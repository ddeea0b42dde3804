import type { Mirror, MirrorPlan, PlannedRef, RefBackup } from '../../shared/mirror.ts';
import { mirrorNextStep, mirrorProblemSentence, mirrorStateWord } from '../../shared/text/mirror-text.ts';
import { dayAndClock, relativeTime } from '../../shared/text/times.ts';
import type { CliContext } from './cli-context.ts';
import { table } from './output.ts';

/** A mirror, and a line for each of its repositories; below it what to do about what holds it. */
export function mirrorLines({ text, nowMs }: CliContext, mirror: Mirror): string {
  const { id, name, source, target, state, problem, total, repos, running } = mirror;
  const counts = running ? `${running.done}/${running.total}` : text.t('mirrorLines.answer.counts', { count: total });
  const head = `${name} (${id})  ${mirrorStateWord(text, state)}  ${source} → ${target}  ${counts}`;
  const whole = problem ? [`  ${mirrorProblemSentence(text, problem, { mirror: id, nowMs })}`, `    → ${mirrorNextStep(text, problem, { mirror: id })}`] : [];
  const rows = table(repos.map((repo) => [`  ${repo.name}`, mirrorStateWord(text, repo.state), text.t('mirrorLines.answer.refs', { count: repo.refs }), repo.lastSync === null ? '' : relativeTime(text, repo.lastSync, nowMs)])).split('\n');
  const lines = repos.flatMap((repo, index) => {
    const place = { mirror: id, repository: repo.name };
    const held = repo.problem ? [`    ${mirrorProblemSentence(text, repo.problem, { ...place, nowMs })}`, `    → ${mirrorNextStep(text, repo.problem, place)}`] : [];
    return [rows[index] ?? '', ...held];
  });
  return [head, ...whole, ...lines].join('\n');
}

/** What would be done, repository by repository; what stays as it is is left out. */
export function planLines({ text, nowMs }: CliContext, mirror: string, { repos }: MirrorPlan): string {
  const lines = repos
    .filter(({ action }) => action !== 'exists')
    .flatMap(({ name, action, why, refs, problem }) => [
      `${text.t(`mirrorLines.action.${action}`)}  ${name}${why ? `: ${text.t(`mirrorLines.skip.${why}`)}` : ''}`,
      ...(problem ? [`    ${mirrorProblemSentence(text, problem, { mirror, repository: name, nowMs })}`] : []),
      ...(refs.length > 0 ? [table(refs.map((ref) => [`    ${text.t(`mirrorLines.action.${ref.action}`)}`, ref.ref.replace(/^refs\//, ''), moved(ref)]))] : []),
    ]);
  return lines.length === 0 ? text.t('mirrorLines.answer.nothing-to-do') : lines.join('\n');
}

const moved = ({ from, to }: PlannedRef): string => [from, to].map((id) => id?.slice(0, 7) ?? '').filter(Boolean).join(' → ');

export const backupLines = ({ text, nowMs }: CliContext, backups: readonly RefBackup[]): string =>
  backups.length === 0 ? text.t('mirrorLines.answer.no-backups') : table(backups.map(({ name, ref, commit, at }) => [dayAndClock(text, at, nowMs), ref.replace(/^refs\//, ''), commit.slice(0, 7), name]));
