import type { MirrorPlan, PlannedRepository } from '../../shared/mirror.ts';
import { mirrorProblemSentence } from '../../shared/text/mirror-text.ts';
import type { Text } from '../../shared/text/text.ts';
import { useNow } from '../clock.ts';
import { Icon, type IconName } from '../components/Icon.tsx';
import { useText } from '../window-context.tsx';
import { planRows, planSummary } from './plan-rows.ts';
import { PlanTable } from './PlanTable.tsx';
import './plan.css';

/** More rows than this are summed up: nobody reads them. */
const ROWS_SHOWN = 300;
const MINUTE_MS = 60_000;

const ICONS: Record<PlannedRepository['action'], IconName> = { create: 'plus', update: 'up', exists: 'check', skip: 'minimise' };

/** The plan of a mirror in words: a sentence, then a row for each repository that something happens to. */
export function PlanList({ plan }: { readonly plan: MirrorPlan }) {
  const text = useText();
  const nowMs = useNow(MINUTE_MS);
  const rows = planRows(plan);
  return (
    <>
      <p className="plan-summary">{planSummary(text, plan)}</p>
      {rows.length > 0 && (
        // It scrolls, so the keyboard has to come to it.
        <div className="plan-list panel" role="region" aria-label={text.t('window.mirrors.plan.table')} tabIndex={0}>
          <ul>
            {rows.slice(0, ROWS_SHOWN).map((repository) => (
              <li key={repository.name} className={`plan-row ${repository.action}`}>
                <Icon name={ICONS[repository.action]} size={12} />
                <div className="plan-row-words">
                  <b>{repository.name}</b> <span className="dim">{sentence(text, repository, nowMs)}</span>
                  {repository.action === 'update' && repository.refs.length > 0 && <PlanTable refs={repository.refs} />}
                </div>
              </li>
            ))}
          </ul>
        </div>
      )}
      {rows.length > ROWS_SHOWN && <p className="meta">{text.t('window.mirrors.plan.more', { count: rows.length - ROWS_SHOWN })}</p>}
    </>
  );
}

function sentence(text: Text, { name, action, why, refs, problem }: PlannedRepository, nowMs: number): string {
  if (problem) return mirrorProblemSentence(text, problem, { repository: name, nowMs });
  if (action === 'create') return refs.length > 0 ? text.t('window.mirrors.plan.create-detail', { count: refs.length }) : text.t('window.mirrors.plan.create-later');
  if (action === 'skip' && why) return text.t('window.mirrors.plan.left-out', { why: text.t(`window.mirrors.plan.why.${why}`) });
  return text.t(`window.mirrors.plan.repository.${action}`);
}
