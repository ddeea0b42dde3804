import { useState, type ReactNode } from 'react';
import type { SignalStatus } from '../../shared/app-state.ts';
import { Button } from '../components/Button.tsx';
import { Field } from '../components/Field.tsx';
import { SettingRow } from '../components/SettingRow.tsx';
import { useRun, useText, useWindow } from '../window-context.tsx';
import { isFanoutUrl, isListenAddress } from './addresses.ts';

interface FanoutRowsProps {
  readonly fanout: SignalStatus['fanout'];
  readonly label: ReactNode;
}

/** The fanout server to listen to, and the address on which this machine serves others. */
export function FanoutRows({ fanout, label }: FanoutRowsProps) {
  const text = useText();
  const run = useRun();
  return (
    <>
      <SettingRow label={label} detail={fanout.serving ? text.t('window.settings.fanout-serving', { serving: fanout.serving }) : text.t('window.settings.fanout-detail')}>
        {fanout.state !== 'off' && <Button onPress={() => void run('signal.off', { which: 'fanout' })}>{text.t('window.settings.off')}</Button>}
      </SettingRow>
      <AddressRow
        label={text.t('window.settings.fanout-url')}
        detail={text.t('window.settings.fanout-url-detail')}
        wrong={text.t('window.settings.fanout-wrong')}
        placeholder="tcp://attic:1986"
        value={fanout.url ?? ''}
        isRight={isFanoutUrl}
        toInput={(url) => ({ url, ...(fanout.serving ? { serve: fanout.serving } : {}) })}
      />
      <AddressRow
        label={text.t('window.settings.fanout-serve')}
        detail={text.t('window.settings.fanout-serve-detail')}
        wrong={text.t('window.settings.serve-wrong')}
        placeholder="0.0.0.0:1986"
        value={fanout.serving ?? fanout.portTaken ?? ''}
        trouble={fanout.portTaken === undefined ? undefined : text.t('window.settings.port-taken', { serve: fanout.portTaken })}
        isRight={isListenAddress}
        toInput={(serve) => ({ serve, ...(fanout.url ? { url: fanout.url } : {}) })}
      />
    </>
  );
}

interface AddressRowProps {
  readonly label: string;
  readonly detail: string;
  readonly wrong: string;
  readonly placeholder: string;
  readonly value: string;
  /** What stands against it now, beside what may be wrong with it. */
  readonly trouble?: string | undefined;
  readonly isRight: (typed: string) => boolean;
  readonly toInput: (typed: string) => { url?: string; serve?: string };
}

function AddressRow({ label, detail, wrong, placeholder, value, trouble, isRight, toInput }: AddressRowProps) {
  const { client } = useWindow();
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string>();
  const keep = async () => {
    const address = typed?.trim();
    if (address === undefined || address === '' || address === value) return;
    if (!isRight(address)) return setError(wrong);
    const answer = await client.invoke('signal.fanout', toInput(address));
    setError(answer.ok ? undefined : answer.failure.message);
    if (answer.ok) setTyped(null);
  };
  return (
    <SettingRow label={label} detail={detail} error={error ?? trouble}>
      <Field
        className={error === undefined ? 'medium' : 'medium wrong'}
        label={label}
        isLabelHidden
        isCode
        placeholder={placeholder}
        value={typed ?? value}
        onChange={(next) => {
          setTyped(next);
          setError(undefined);
        }}
        onBlur={() => void keep()}
        onEnter={() => void keep()}
      />
    </SettingRow>
  );
}
