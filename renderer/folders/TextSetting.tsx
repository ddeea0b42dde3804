import { useState } from 'react';
import type { CommandArguments } from '../../shared/commands.ts';
import { Field } from '../components/Field.tsx';
import { SettingRow } from '../components/SettingRow.tsx';
import { useText, useWindow } from '../window-context.tsx';

interface TextSettingProps {
  readonly folder: string;
  readonly label: string;
  readonly detail?: string;
  readonly value: string;
  readonly rows?: number;
  readonly isNeeded?: boolean;
  readonly toInput: (typed: string) => Omit<CommandArguments<'folder.set'>, 'id'>;
}

/** Words of a folder's settings, kept when the field is left (or, on one line, with Enter). */
export function TextSetting({ folder: id, label, detail, value, rows, isNeeded = false, toInput }: TextSettingProps) {
  const text = useText();
  const { client } = useWindow();
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string>();
  const keep = async () => {
    if (typed === null || typed === value) return;
    if (isNeeded && typed.trim() === '') return setError(text.t('window.options.empty', { old: value }));
    const answer = await client.invoke('folder.set', { id, ...toInput(rows ? typed : typed.trim()) });
    setError(answer.ok ? undefined : answer.failure.message);
    if (answer.ok) setTyped(null);
  };
  return (
    <SettingRow label={label} detail={detail} error={error}>
      <Field
        className={`${rows ? 'long' : 'medium'}${error === undefined ? '' : ' wrong'}`}
        label={label}
        isLabelHidden
        isCode={rows !== undefined}
        rows={rows}
        value={typed ?? value}
        onChange={(next) => {
          setTyped(next);
          setError(undefined);
        }}
        onBlur={() => void keep()}
        {...(rows ? {} : { onEnter: () => void keep() })}
      />
    </SettingRow>
  );
}
