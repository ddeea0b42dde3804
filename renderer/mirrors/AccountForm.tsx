import { useState, type FormEvent } from 'react';
import { FORGES, type Account } from '../../shared/mirror.ts';
import { Button } from '../components/Button.tsx';
import { Field } from '../components/Field.tsx';
import { Select } from '../components/Select.tsx';
import { useText, useWindow } from '../window-context.tsx';
import { accountArguments, isAccountName, isComplete, needsServer, needsUser, NEW_ACCOUNT, type AccountDraft } from './account-draft.ts';
import { Labelled } from './Labelled.tsx';
import { PUBLIC_SERVER } from './account-words.ts';
import './accounts.css';

interface AccountFormProps {
  /** Another token for this one; undefined: a new account. */
  readonly renewed: Account | undefined;
  /** For one that is gone and is to be added again. */
  readonly name?: string | undefined;
  readonly onCancel: () => void;
  readonly onDone: (account: Account) => void;
}

/** Asks for a token and tries it before it is kept. */
export function AccountForm({ renewed, name, onCancel, onDone }: AccountFormProps) {
  const text = useText();
  const { draft, error, isPending, change, submit } = useAccountForm(renewed, name, onDone);
  return (
    <form className="sheet-form" onSubmit={(event) => void submit(event)}>
      {!renewed && <NewFields draft={draft} onChange={change} />}
      <Field label={text.t('window.accounts.token')} type="password" value={draft.token} onChange={(token) => change({ token })} hint={text.t('window.accounts.token-hint')} autoFocus={renewed !== undefined} />
      <TokenHelp forge={draft.forge} />
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <div className="sheet-actions">
        <Button isBig onPress={onCancel}>
          {text.t('window.cancel')}
        </Button>
        <Button isBig kind="primary" type="submit" isDisabled={!isComplete(draft)} isPending={isPending}>
          {text.t(isPending ? 'window.accounts.pending' : renewed ? 'window.accounts.button-renew' : 'window.accounts.button')}
        </Button>
      </div>
    </form>
  );
}

function useAccountForm(renewed: Account | undefined, name: string | undefined, onDone: (account: Account) => void) {
  const { client } = useWindow();
  const [draft, setDraft] = useState<AccountDraft>(() => (renewed ? { ...NEW_ACCOUNT, ...renewed, user: renewed.user ?? '', token: '' } : { ...NEW_ACCOUNT, name: name ?? '' }));
  const [error, setError] = useState<string>();
  const [isPending, setPending] = useState(false);
  const change = (part: Partial<AccountDraft>) => {
    setDraft({ ...draft, ...part });
    setError(undefined);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isPending) return;
    setPending(true);
    const answer = await client.invoke('account.add', accountArguments(draft));
    setPending(false);
    if (!answer.ok) return setError(answer.failure.message);
    // It is kept elsewhere now: nothing of it stays in the page.
    setDraft({ ...draft, token: '' });
    onDone(answer.value);
  };
  return { draft, error, isPending, change, submit };
}

interface NewFieldsProps {
  readonly draft: AccountDraft;
  readonly onChange: (part: Partial<AccountDraft>) => void;
}

function NewFields({ draft: { forge, name, api, user }, onChange }: NewFieldsProps) {
  const text = useText();
  const server = PUBLIC_SERVER[forge];
  const isWrong = name !== '' && !isAccountName(name);
  return (
    <>
      <Labelled label={text.t('window.accounts.forge')}>
          <Select label={text.t('window.accounts.forge')} chosen={forge} options={FORGES.map((key) => ({ key, word: text.t(`window.accounts.forge-name.${key}`) }))} onChange={(next) => onChange({ forge: next })} />
      </Labelled>
      <Field label={text.t('window.accounts.name')} value={name} onChange={(next) => onChange({ name: next })} hint={text.t('window.accounts.name-hint')} error={isWrong ? text.t('window.accounts.name-wrong') : undefined} autoFocus />
      <Field label={text.t('window.accounts.api')} value={api} onChange={(next) => onChange({ api: next })} isCode hint={server === null || needsServer(forge) ? text.t('window.accounts.api-hint-own') : text.t('window.accounts.api-hint-public', { server })} />
      {needsUser(forge) && <Field label={text.t('window.accounts.user')} value={user} onChange={(next) => onChange({ user: next })} hint={text.t('window.accounts.user-hint')} />}
    </>
  );
}

function TokenHelp({ forge }: { readonly forge: AccountDraft['forge'] }) {
  const text = useText();
  return (
    <div className="token-help">
      <p>
        {text.t('window.accounts.get')} <b>{text.t(`window.accounts.where.${forge}`)}</b>
      </p>
      <p className="meta">{text.t(`window.accounts.rights.${forge}`)}</p>
    </div>
  );
}
