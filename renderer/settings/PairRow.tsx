import { useState } from 'react';
import { Button } from '../components/Button.tsx';
import { SettingRow } from '../components/SettingRow.tsx';
import { useRun, useText } from '../window-context.tsx';

/** Shows the code that lets another machine join; only when asked, and only as long as wanted. */
export function PairRow() {
  const text = useText();
  const run = useRun();
  const [code, setCode] = useState<string | null>(null);
  const show = async () => {
    const answer = await run('signal.pair', {});
    if (answer.ok) setCode(answer.value.code);
  };
  if (code === null) {
    return (
      <SettingRow label={text.t('window.settings.key')} detail={text.t('window.settings.key-detail')}>
        <Button onPress={() => void show()}>{text.t('window.settings.show-code')}</Button>
      </SettingRow>
    );
  }
  return (
    <SettingRow label={<code className="pair-code">{code}</code>} detail={text.t('window.settings.code-note')}>
      <Button onPress={() => void run('shell.copy-text', { text: code }, text.t('window.copied'))}>{text.t('window.settings.copy')}</Button>
      <Button kind="quiet" onPress={() => setCode(null)}>
        {text.t('window.settings.hide-code')}
      </Button>
    </SettingRow>
  );
}
