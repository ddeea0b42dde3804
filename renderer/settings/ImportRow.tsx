import { useState } from 'react';
import { Button } from '../components/Button.tsx';
import { SettingRow } from '../components/SettingRow.tsx';
import { useWindow } from '../window-context.tsx';

/** Brings over what another program was set to, from a file that the person chooses. */
export function ImportRow() {
  const { text, client, notices } = useWindow();
  const [error, setError] = useState<string>();
  const bringOver = async () => {
    setError(undefined);
    const answer = await client.invoke('shell.import', {});
    if (!answer.ok) return setError(answer.failure.message);
    if (answer.value.folders === null) return;
    notices.getState().show({ tone: 'done', sentence: text.t('window.settings.import-done', { count: answer.value.folders }) });
  };
  return (
    <SettingRow label={text.t('window.settings.import')} detail={text.t('window.settings.import-detail')} error={error}>
      <Button onPress={() => void bringOver()}>{text.t('window.settings.import-button')}</Button>
    </SettingRow>
  );
}
