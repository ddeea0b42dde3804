import { useState } from 'react';
import type { SignalStatus } from '../../shared/app-state.ts';
import { Button } from '../components/Button.tsx';
import { Mark } from '../components/Mark.tsx';
import { SettingRow, SettingsPanel } from '../components/SettingRow.tsx';
import type { MarkName } from '../../shared/folder-mark.ts';
import type { SignalState } from '../../shared/app-state.ts';
import { useRun, useShowSheet, useText } from '../window-context.tsx';
import { FanoutRows } from './FanoutRows.tsx';
import { PairRow } from './PairRow.tsx';
import { signalWord } from './signal-words.ts';
import { XmppSheet } from './XmppSheet.tsx';

interface SignalsPanelProps {
  readonly title: string;
  readonly id: string;
  readonly signal: SignalStatus;
}

/** How this machine tells the others, and hears from them, that something is new. */
export function SignalsPanel({ title, id, signal }: SignalsPanelProps) {
  const text = useText();
  const run = useRun();
  const showSheet = useShowSheet();
  const [isEditing, setEditing] = useState(false);
  const { xmpp, fanout } = signal;
  return (
    <SettingsPanel title={title} id={id}>
      <SettingRow
        label={<Named name={text.t('window.settings.xmpp')} state={xmpp.state} />}
        detail={xmpp.jid ? text.t('window.settings.xmpp-on', { jid: xmpp.jid }) : text.t('window.settings.xmpp-off')}
      >
        {xmpp.state !== 'off' && <Button onPress={() => void run('signal.off', { which: 'xmpp' })}>{text.t('window.settings.off')}</Button>}
        <Button onPress={() => setEditing(true)}>{text.t(xmpp.jid ? 'window.settings.xmpp-change' : 'window.settings.xmpp-set')}</Button>
      </SettingRow>
      <FanoutRows fanout={fanout} label={<Named name={text.t('window.settings.fanout')} state={fanout.state} />} />
      <PairRow />
      <SettingRow label={text.t('window.join.title')} detail={text.t('window.join.detail')}>
        <Button onPress={() => showSheet({ kind: 'join' })}>{text.t('window.settings.join')}</Button>
      </SettingRow>
      {isEditing && <XmppSheet jid={xmpp.jid} onClose={() => setEditing(false)} />}
    </SettingsPanel>
  );
}

const MARKS: Record<SignalState, MarkName | null> = { off: null, connecting: 'settling', online: 'in-step', offline: 'offline', 'auth-failed': 'stopped', 'tls-failed': 'stopped' };

function Named({ name, state }: { readonly name: string; readonly state: SignalState }) {
  const text = useText();
  const mark = MARKS[state];
  return (
    <>
      {name}
      <span className="setting-state" role="status">
        {mark && <Mark name={mark} size={14} />}
        {signalWord(text, state)}
      </span>
    </>
  );
}
