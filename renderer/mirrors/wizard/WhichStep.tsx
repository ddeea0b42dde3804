import { useEffect, useState } from 'react';
import type { Account } from '../../../shared/mirror.ts';
import { Field } from '../../components/Field.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { useAnswer } from '../../use-answer.ts';
import { useText } from '../../window-context.tsx';
import type { WizardDraft } from './wizard-draft.ts';

interface WhichStepProps {
  readonly draft: WizardDraft;
  readonly accounts: readonly Account[];
  readonly onChange: (part: Partial<WizardDraft>) => void;
}

/** Which repositories of an owner: what a pattern takes is shown while it is typed. */
export function WhichStep({ draft, accounts, onChange }: WhichStepProps) {
  const text = useText();
  const login = accounts.find(({ name }) => name === draft.account)?.check?.login;
  return (
    <>
      <Field label={text.t('window.wizard.owner.label')} value={draft.owner} onChange={(owner) => onChange({ owner })} isCode autoFocus hint={text.t('window.wizard.owner.hint')} {...(login ? { placeholder: login } : {})} />
      <Field label={text.t('window.wizard.owner.match')} value={draft.match} onChange={(match) => onChange({ match })} isCode hint={text.t('window.wizard.owner.match-hint')} placeholder="^lib-" />
      <Taken draft={draft} />
      <div>
        <Toggle label={text.t('window.wizard.owner.forks')} isOn={draft.forks} onChange={(forks) => onChange({ forks })} />
        <Toggle label={text.t('window.wizard.owner.archived')} isOn={draft.archived} onChange={(archived) => onChange({ archived })} />
        <Toggle label={text.t('window.wizard.owner.sync-new')} isOn={draft.syncNew} onChange={(syncNew) => onChange({ syncNew })} />
      </div>
    </>
  );
}

/** Letters within this time are one question. */
const QUIET_MS = 400;
const SHOWN = 40;

function Taken({ draft: { account, owner, match, forks, archived } }: Pick<WhichStepProps, 'draft'>) {
  const text = useText();
  const typed = useQuiet(`${owner.trim()}\n${match.trim()}`);
  const [quietOwner = '', quietMatch = ''] = typed.split('\n');
  const asked = account === null || quietOwner === '' ? null : { name: account, owner: quietOwner, forks, archived, ...(quietMatch === '' ? {} : { match: quietMatch }) };
  const { value, failure, isLoading } = useAnswer('account.repositories', asked, `${account} ${quietOwner}`);
  if (asked === null) return <p className="taken meta">{text.t('window.wizard.owner.unread')}</p>;
  if (failure) {
    return (
      <p className="taken field-error" role="alert">
        {failure.message}
      </p>
    );
  }
  if (!value) return <p className="taken meta">{text.t('window.wizard.owner.reading')}</p>;
  const { taken, left } = value;
  const total = taken.length + left.length;
  return (
    <div className="taken" aria-busy={isLoading}>
      <p role="status">{taken.length === 0 ? text.t('window.wizard.owner.none') : text.t('window.wizard.owner.found', { count: taken.length, total })}</p>
      <ul>
        {taken.slice(0, SHOWN).map((name) => (
          <li key={name}>{name}</li>
        ))}
        {taken.length > SHOWN && <li className="meta">{text.t('window.wizard.owner.more', { count: taken.length - SHOWN })}</li>}
        {left.slice(0, SHOWN).map(({ name, why }) => (
          <li key={name} className="left" title={text.t('window.wizard.owner.left-out', { why: text.t(`window.mirrors.plan.why.${why}`) })}>
            {name}
            <span className="seen-by-readers-only">{text.t('window.wizard.owner.left-out', { why: text.t(`window.mirrors.plan.why.${why}`) })}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The value once it has rested. */
function useQuiet(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), QUIET_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
