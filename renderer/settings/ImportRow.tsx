import { useEffect, useRef, useState } from 'react';
import { Button } from '../components/Button.tsx';
import { SettingRow } from '../components/SettingRow.tsx';
import { useRoute } from '../navigation.ts';
import { useWindow } from '../window-context.tsx';

/** Brings over what another program was set to, from a file that the person chooses. */
export function ImportRow() {
  const { text, client, notices } = useWindow();
  const [error, setError] = useState<string>();
  const row = useRef<HTMLDivElement>(null);
  const route = useRoute();
  const isWanted = route.view === 'settings' && route.at === 'import';
  useEffect(() => {
    if (!isWanted) return;
    row.current?.scrollIntoView({ block: 'center' });
    row.current?.querySelector('button')?.focus();
  }, [isWanted]);
  const bringOver = async () => {
    setError(undefined);
    const answer = await client.invoke('shell.import', {});
    if (!answer.ok) return setError(answer.failure.message);
    if (answer.value.folders === null) return;
    notices.getState().show({ tone: 'done', sentence: text.t('window.settings.import-done', { count: answer.value.folders }) });
  };
  return (
    <SettingRow ref={row} label={text.t('window.settings.import')} detail={text.t('window.settings.import-detail')} error={error}>
      <Button onPress={() => void bringOver()}>{text.t('window.settings.import-button')}</Button>
    </SettingRow>
  );
}
