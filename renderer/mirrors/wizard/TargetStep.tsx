import type { Account } from '../../../shared/mirror.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Segments } from '../../components/Segments.tsx';
import { Select } from '../../components/Select.tsx';
import { useText, useWindow } from '../../window-context.tsx';
import { serverOf } from '../account-words.ts';
import { Labelled } from '../Labelled.tsx';
import { proposedName, type WizardDraft } from './wizard-draft.ts';

interface TargetStepProps {
  readonly draft: WizardDraft;
  readonly accounts: readonly Account[];
  readonly onChange: (part: Partial<WizardDraft>) => void;
}

/** A folder here, one other address, or an owner at another account. */
export function TargetStep({ draft, accounts, onChange }: TargetStepProps) {
  const text = useText();
  // Many repositories do not fit into one address.
  const ways = draft.from === 'url' ? (['directory', 'url'] as const) : (['directory', 'account'] as const);
  return (
    <>
      <Segments label={text.t('window.wizard.target.label')} chosen={draft.to} options={ways.map((key) => ({ key, word: text.t(`window.wizard.target.${key}`) }))} onChange={(to) => onChange({ to })} />
      {draft.to === 'directory' && <FolderField draft={draft} onChange={onChange} />}
      {draft.to === 'url' && <Field label={text.t('window.wizard.target.url')} value={draft.targetUrl} onChange={(targetUrl) => onChange({ targetUrl })} isCode autoFocus hint={text.t('window.wizard.target.url-hint')} />}
      {draft.to === 'account' && <AccountFields draft={draft} accounts={accounts} onChange={onChange} />}
    </>
  );
}

function FolderField({ draft, onChange }: Pick<TargetStepProps, 'draft' | 'onChange'>) {
  const { text, client } = useWindow();
  const pick = async () => {
    const answer = await client.invoke('shell.pick-folder', {});
    if (!answer.ok || answer.value.path === null) return;
    const name = proposedName(draft).replaceAll('/', '-');
    onChange({ directory: name === '' ? answer.value.path : `${answer.value.path}/${name}` });
  };
  return (
    <div className="field-with-button">
      <Field label={text.t('window.wizard.target.folder')} value={draft.directory} onChange={(directory) => onChange({ directory })} isCode autoFocus hint={text.t('window.wizard.target.folder-hint')} />
      <Button onPress={() => void pick()}>{text.t('window.wizard.target.pick')}</Button>
    </div>
  );
}

function AccountFields({ draft, accounts, onChange }: TargetStepProps) {
  const text = useText();
  if (accounts.length === 0) return <p className="dim">{text.t('window.wizard.target.no-account')}</p>;
  const label = text.t('window.wizard.target.which');
  return (
    <>
      <Labelled label={label}>
          <Select label={label} chosen={draft.targetAccount} options={accounts.map(({ name, api }) => ({ key: name, word: `${name}, ${serverOf(api)}` }))} onChange={(targetAccount) => onChange({ targetAccount })} />
      </Labelled>
      <Field label={text.t('window.wizard.target.owner')} value={draft.targetOwner} onChange={(targetOwner) => onChange({ targetOwner })} isCode hint={text.t('window.wizard.target.owner-hint')} />
    </>
  );
}
