import { Radio, RadioGroup } from 'react-aria-components';
import type { Account } from '../../../shared/mirror.ts';
import { useNow } from '../../clock.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Segments } from '../../components/Segments.tsx';
import { useText } from '../../window-context.tsx';
import { AccountForm } from '../AccountForm.tsx';
import { accountSentence, serverOf } from '../account-words.ts';
import type { WizardDraft } from './wizard-draft.ts';

interface FromStepProps {
  readonly draft: WizardDraft;
  readonly accounts: readonly Account[];
  readonly isAdding: boolean;
  readonly onChange: (part: Partial<WizardDraft>) => void;
  readonly onAdding: (isAdding: boolean) => void;
}

/** An owner's repositories through an account, or one address. */
export function FromStep({ draft, accounts, isAdding, onChange, onAdding }: FromStepProps) {
  const text = useText();
  if (isAdding) {
    return (
      <AccountForm
        renewed={undefined}
        onCancel={() => onAdding(false)}
        onDone={({ name }) => {
          onChange({ account: name });
          onAdding(false);
        }}
      />
    );
  }
  const label = text.t('window.wizard.from.label');
  return (
    <>
      <Segments label={label} chosen={draft.from} options={(['owner', 'url'] as const).map((key) => ({ key, word: text.t(`window.wizard.from.${key}`) }))} onChange={(from) => onChange({ from, to: 'directory' })} />
      {draft.from === 'url' ? (
        <Field label={text.t('window.wizard.from.url-label')} value={draft.url} onChange={(url) => onChange({ url })} isCode autoFocus hint={text.t('window.wizard.from.url-hint')} />
      ) : (
        <>
          {accounts.length > 0 ? <AccountChoice accounts={accounts} chosen={draft.account} onChoose={(account) => onChange({ account })} /> : <p className="dim">{text.t('window.accounts.none')}</p>}
          <Button icon="plus" className="wizard-add" onPress={() => onAdding(true)}>
            {text.t('window.accounts.add')}
          </Button>
        </>
      )}
    </>
  );
}

interface AccountChoiceProps {
  readonly accounts: readonly Account[];
  readonly chosen: string | null;
  readonly onChoose: (account: string) => void;
}

const MINUTE_MS = 60_000;

function AccountChoice({ accounts, chosen, onChoose }: AccountChoiceProps) {
  const text = useText();
  const nowMs = useNow(MINUTE_MS);
  return (
    <RadioGroup className="account-choice" aria-label={text.t('window.wizard.from.which')} value={chosen} onChange={onChoose}>
      <span className="field-label">{text.t('window.wizard.from.which')}</span>
      {accounts.map((account) => (
        <Radio key={account.name} value={account.name} className="account-radio">
          <span className="radio-dot" />
          <span className="account-radio-words">
            <b>{account.name}</b> <span className="dim">{text.t(`window.accounts.forge-name.${account.forge}`)}, {serverOf(account.api)}</span>
            <span className="meta">{accountSentence(text, account, nowMs)}</span>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
