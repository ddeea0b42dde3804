import { useState } from 'react';
import type { Account } from '../../shared/mirror.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { useSight, useText } from '../window-context.tsx';
import { AccountForm } from './AccountForm.tsx';
import { accountSentence } from './account-words.ts';

interface AccountSheetProps {
  /** Another token for that one; undefined: a new account. */
  readonly name: string | undefined;
  readonly onClose: () => void;
}

const MINUTE_MS = 60_000;

/** An account at a forge, new or with another token; and what that token turned out to be good for. */
export function AccountSheet({ name, onClose }: AccountSheetProps) {
  const text = useText();
  const nowMs = useNow(MINUTE_MS);
  const renewed = useSight(({ state }) => state?.accounts.find((account) => account.name === name));
  const [tried, setTried] = useState<Account>();
  return (
    <Sheet title={renewed ? text.t('window.accounts.title-renew', { account: renewed.name }) : text.t('window.accounts.title')} isOpen onClose={onClose}>
      {tried ? (
        <>
          <p className="tried" role="status">
            <Icon name="check" className="tone-accent" />
            {accountSentence(text, tried, nowMs)}
          </p>
          <div className="sheet-actions">
            <Button isBig kind="primary" autoFocus onPress={onClose}>
              {text.t('window.accounts.done')}
            </Button>
          </div>
        </>
      ) : (
        <AccountForm renewed={renewed} name={name} onCancel={onClose} onDone={setTried} />
      )}
    </Sheet>
  );
}
