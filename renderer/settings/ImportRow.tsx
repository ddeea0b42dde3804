import { useState } from 'react';
import { Button } from '../components/Button.tsx';
import { Field } from '../components/Field.tsx';
import { SettingRow } from '../components/SettingRow.tsx';
import { useWindow } from '../window-context.tsx';

/** Brings over what another program was set to. */
export function ImportRow() {
  const { text, client, notices } = useWindow();
  const [file, setFile] = useState('');
  const [error, setError] = useState<string>();
  const bringOver = async () => {
    const answer = await client.invoke('import', { file: file.trim() });
    if (!answer.ok) return setError(answer.failure.message);
    notices.getState().show({ tone: 'done', sentence: text.t('window.settings.import-done', { count: answer.value.folders.length }) });
    setFile('');
  };
  return (
    <SettingRow label={text.t('window.settings.import')} detail={text.t('window.settings.import-detail')} error={error}>
      <Field
        className="medium"
        label={text.t('window.settings.import-path')}
        isLabelHidden
        isCode
        placeholder={text.t('window.settings.import-path')}
        value={file}
        onChange={(value) => {
          setFile(value);
          setError(undefined);
        }}
      />
      <Button isDisabled={file.trim() === ''} onPress={() => void bringOver()}>
        {text.t('window.settings.import-button')}
      </Button>
    </SettingRow>
  );
}
