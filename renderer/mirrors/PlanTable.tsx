import type { PlannedRef } from '../../shared/mirror.ts';
import { Icon } from '../components/Icon.tsx';
import { PathName } from '../components/PathName.tsx';
import { useText } from '../window-context.tsx';
import { ACTION_ICONS, inPlanOrder, planSentence, shortCommit, shortRef } from './plan-words.ts';
import './plan.css';

/** Branches and tags that would move; a row reads as a sentence: "rewrite heads/main, 14 leave, 11 come, from 3f1a09c to 9c0d7e2". */
export function PlanTable({ refs }: { readonly refs: readonly PlannedRef[] }) {
  const text = useText();
  return (
    <table className="plan" aria-label={text.t('window.mirrors.plan.table')}>
      <colgroup>
        <col className="plan-what" />
        <col />
        <col className="plan-which" />
      </colgroup>
      <thead className="seen-by-readers-only">
        <tr>
          <th scope="col">{text.t('window.mirrors.plan.column.what')}</th>
          <th scope="col">{text.t('window.mirrors.plan.column.ref')}</th>
          <th scope="col">{text.t('window.mirrors.plan.column.commits')}</th>
        </tr>
      </thead>
      <tbody>
        {inPlanOrder(refs).map((planned) => (
          <tr key={planned.ref}>
            <td className={`plan-action ${planned.action}`}>
              <Icon name={ACTION_ICONS[planned.action]} size={12} />
              {text.t(`window.mirrors.plan.action.${planned.action}`)}
            </td>
            <td className="plan-ref">
              <PathName path={shortRef(planned.ref)} isCode />
              <span className="meta">{planSentence(text, planned)}</span>
            </td>
            <td className="plan-commits">
              {planned.from && <Commit commit={planned.from} words={text.t('window.mirrors.plan.from', { commit: shortCommit(planned.from) })} />}
              {planned.to && <Commit commit={planned.to} isTo words={text.t('window.mirrors.plan.to', { commit: shortCommit(planned.to) })} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CommitProps {
  readonly commit: string;
  /** As a screen reader says it. */
  readonly words: string;
  readonly isTo?: boolean;
}

const Commit = ({ commit, words, isTo = false }: CommitProps) => (
  <span title={commit}>
    <span aria-hidden="true">
      {isTo && '→ '}
      {shortCommit(commit)}
    </span>
    <span className="seen-by-readers-only">{words}</span>
  </span>
);
