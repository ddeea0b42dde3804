import { useState } from 'react';
import { Field } from '../components/Field.tsx';
import { SettingRow } from '../components/SettingRow.tsx';
import type { Answer } from '../lockstep-client.ts';
import { useText } from '../window-context.tsx';

interface TextSettingProps {
  readonly label: string;
  readonly detail?: string;
  readonly value: string;
  readonly rows?: number;
  readonly isNeeded?: boolean;
  /** One line, as wide as several are. */
  readonly isLong?: boolean;
  /** Hands what was typed to the engine. */
  readonly onKeep: (typed: string) => Promise<Answer<unknown>>;
}

/** Words of a folder's settings, kept when the field is left (or, on one line, with Enter). */
export function TextSetting({ label, detail, value, rows, isNeeded = false, isLong = false, onKeep }: TextSettingProps) {
  const text = useText();
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string>();
  const keep = async () => {
    if (typed === null || typed === value) return;
    if (isNeeded && typed.trim() === '') return setError(text.t('window.options.empty', { old: value }));
    const answer = await onKeep(rows ? typed : typed.trim());
    setError(answer.ok ? undefined : answer.failure.message);
    if (answer.ok) setTyped(null);
  };
  return (
    <SettingRow label={label} detail={detail} error={error}>
      <Field
        className={`${rows || isLong ? 'long' : 'medium'}${error === undefined ? '' : ' wrong'}`}
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
