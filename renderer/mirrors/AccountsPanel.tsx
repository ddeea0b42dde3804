import type { Account } from '../../shared/mirror.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { Mark } from '../components/Mark.tsx';
import { SettingRow, SettingsPanel } from '../components/SettingRow.tsx';
import { useRun, useShowSheet, useText } from '../window-context.tsx';
import { accountSentence, accountTone, serverOf } from './account-words.ts';
import './accounts.css';

interface AccountsPanelProps {
  readonly title: string;
  readonly id: string;
  readonly accounts: readonly Account[];
}

/** The accounts at forges: what each may do, until when, and another token for it. */
export function AccountsPanel({ title, id, accounts }: AccountsPanelProps) {
  const text = useText();
  const showSheet = useShowSheet();
  return (
    <SettingsPanel title={title} id={id}>
      {[...accounts]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((account) => (
          <AccountRow key={account.name} account={account} />
        ))}
      <SettingRow label={text.t('window.accounts.title')} detail={accounts.length === 0 ? text.t('window.accounts.none') : undefined}>
        <Button icon="plus" onPress={() => showSheet({ kind: 'account' })}>
          {text.t('window.accounts.add')}
        </Button>
      </SettingRow>
    </SettingsPanel>
  );
}

const MINUTE_MS = 60_000;

function AccountRow({ account }: { readonly account: Account }) {
  const text = useText();
  const nowMs = useNow(MINUTE_MS);
  const run = useRun();
  const showSheet = useShowSheet();
  const { name, forge, api } = account;
  const tone = accountTone(account, nowMs);
  const named = (button: string) => text.t('window.button-for', { button, name });
  const [check, renew, remove] = [text.t('window.accounts.check'), text.t('window.accounts.renew'), text.t('window.accounts.remove')];
  return (
    <SettingRow
      label={
        <>
          {tone !== 'quiet' && <Mark name={tone === 'stop' ? 'stopped' : 'waits'} size={14} />}
          {name}
          <span className="setting-state">
            {text.t(`window.accounts.forge-name.${forge}`)}, {serverOf(api)}
          </span>
        </>
      }
      detail={accountSentence(text, account, nowMs)}
    >
      <div className="setting-buttons">
        <Button label={named(check)} onPress={() => void run('account.check', { name })}>
          {check}
        </Button>
        <Button label={named(renew)} onPress={() => showSheet({ kind: 'account', name })}>
          {renew}
        </Button>
        <Button kind="quiet" label={named(remove)} onPress={() => void run('account.remove', { name }, text.t('window.accounts.removed', { account: name }))}>
          {remove}
        </Button>
      </div>
    </SettingRow>
  );
}
