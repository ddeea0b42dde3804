import { useState } from 'react';
import type { FolderState } from '../../shared/app-state.ts';
import { Field } from '../components/Field.tsx';
import { SettingRow } from '../components/SettingRow.tsx';
import { useText, useWindow } from '../window-context.tsx';
import { checkOption, shownOption, type NumberOption } from './option-fields.ts';

interface NumberSettingProps {
  readonly folder: FolderState;
  readonly option: NumberOption;
  readonly label: string;
  readonly detail: string;
  readonly unit: string;
}

/** One number of a folder's settings: kept when the field is left or Enter is pressed, and what is wrong with it said beside it. */
export function NumberSetting({ folder, option, label, detail, unit }: NumberSettingProps) {
  const text = useText();
  const { client } = useWindow();
  const kept = shownOption(folder.options, option);
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string>();
  const keep = async () => {
    if (typed === null) return;
    const checked = checkOption(text, folder.options, option, typed);
    if (!checked.ok) return setError(checked.error);
    const answer = await client.invoke('folder.set', { id: folder.id, options: { [option]: checked.value } });
    setError(answer.ok ? undefined : answer.failure.message);
    if (answer.ok) setTyped(null);
  };
  return (
    <SettingRow label={label} detail={detail} error={error}>
      <Field
        className={error === undefined ? 'short' : 'short wrong'}
        label={label}
        isLabelHidden
        value={typed ?? kept}
        suffix={unit}
        onChange={(value) => {
          setTyped(value);
          setError(undefined);
        }}
        onBlur={() => void keep()}
        onEnter={() => void keep()}
      />
    </SettingRow>
  );
}
