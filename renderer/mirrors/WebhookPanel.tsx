import { useState } from 'react';
import type { MirrorSummary, WebhookStatus } from '../../shared/mirror.ts';
import { dayAndClock } from '../../shared/text/times.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { Field } from '../components/Field.tsx';
import { Mark } from '../components/Mark.tsx';
import { SettingRow, SettingsPanel } from '../components/SettingRow.tsx';
import { useRun, useText } from '../window-context.tsx';
import { isListen, isPublicUrl, USUAL_LISTEN } from './webhook-draft.ts';
import { SecretRow } from './SecretRow.tsx';
import { useWebhook } from './use-webhook.ts';
import './accounts.css';

interface WebhookPanelProps {
  readonly title: string;
  readonly id: string;
  readonly webhook: WebhookStatus;
  readonly mirrors: readonly MirrorSummary[];
}

/** Where forges may ring. Off until the person wants it, and then on this machine's own address only. */
export function WebhookPanel({ title, id, webhook, mirrors }: WebhookPanelProps) {
  const text = useText();
  const run = useRun();
  const { listen, publicUrl, error, secret, change, apply, hide } = useWebhook(webhook);
  const isOn = webhook.state !== 'off';
  return (
    <SettingsPanel title={title} id={id}>
      <SettingRow label={<Named state={webhook.state} />} detail={isOn ? text.t(webhook.state === 'listening' ? 'window.webhook.on' : 'window.webhook.port-taken', { url: webhook.url ?? '' }) : text.t('window.webhook.off')} error={error}>
        {isOn ? <Button onPress={() => void run('webhook.off', {})}>{text.t('window.webhook.switch-off')}</Button> : <Button onPress={() => void apply({ newSecret: !webhook.hasSecret })}>{text.t('window.webhook.switch-on')}</Button>}
      </SettingRow>
      <AddressRow word="listen" placeholder={USUAL_LISTEN} value={listen} isRight={isListen} onChange={(typed) => change({ listen: typed })} onKeep={() => isOn && void apply({})} />
      <AddressRow word="public" placeholder="https://hooks.example.org/hooks" value={publicUrl} isRight={isPublicUrl} onChange={(typed) => change({ publicUrl: typed })} onKeep={() => isOn && void apply({})} />
      <SecretRow secret={secret} hasSecret={webhook.hasSecret} canMake={isOn} onMake={() => void apply({ newSecret: true })} onHide={hide} />
      {isOn && <Deliveries mirrors={mirrors} />}
    </SettingsPanel>
  );
}

function Named({ state }: { readonly state: WebhookStatus['state'] }) {
  const text = useText();
  return (
    <>
      {text.t('window.webhook.title')}
      <span className="setting-state" role="status">
        {state !== 'off' && <Mark name={state === 'listening' ? 'in-step' : 'stopped'} size={14} />}
        {text.t(`window.webhook.state-word.${state}`)}
      </span>
    </>
  );
}

interface AddressRowProps {
  readonly word: 'listen' | 'public';
  readonly placeholder: string;
  readonly value: string;
  readonly isRight: (typed: string) => boolean;
  readonly onChange: (typed: string) => void;
  readonly onKeep: () => void;
}

function AddressRow({ word, placeholder, value, isRight, onChange, onKeep }: AddressRowProps) {
  const text = useText();
  const [isLeft, setLeft] = useState(false);
  const isWrong = isLeft && !isRight(value);
  const keep = () => {
    setLeft(true);
    if (isRight(value)) onKeep();
  };
  const label = text.t(`window.webhook.${word}`);
  return (
    <SettingRow label={label} detail={text.t(`window.webhook.${word}-detail`)} error={isWrong ? text.t(`window.webhook.${word}-wrong`) : undefined}>
      <Field className={`${word === 'public' ? 'long' : 'medium'}${isWrong ? ' wrong' : ''}`} label={label} isLabelHidden isCode placeholder={placeholder} value={value} onChange={onChange} onBlur={keep} onEnter={keep} />
    </SettingRow>
  );
}

const MINUTE_MS = 60_000;

/** What came last for each mirror, and what was made of it. */
function Deliveries({ mirrors }: { readonly mirrors: readonly MirrorSummary[] }) {
  const text = useText();
  const nowMs = useNow(MINUTE_MS);
  const lines = mirrors.flatMap(({ id, name, lastHook }) =>
    lastHook ? [{ id, verdict: lastHook.verdict, line: text.t('window.webhook.mirror', { mirror: name, when: dayAndClock(text, lastHook.at, nowMs), verdict: text.t(`window.mirrors.rail.verdict.${lastHook.verdict}`) }) }] : [],
  );
  return (
    <SettingRow
      label={text.t('window.webhook.last')}
      detail={
        lines.length === 0
          ? text.t('window.webhook.last-none')
          : lines.map(({ id, verdict, line }) => (
              <span key={id} className={verdict === 'right' || verdict === 'repeated' ? 'delivery' : 'delivery wrong'}>
                {line}
              </span>
            ))
      }
    />
  );
}
