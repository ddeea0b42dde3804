import type { SignalState, SignalStatus } from '../../shared/app-state.ts';
import type { Text } from '../../shared/text/text.ts';

/** One line for the sidebar: the way that works, else the one that should. */
export function signalLine(text: Text, { xmpp, fanout }: SignalStatus): string {
  const ways = [
    { name: text.t('window.signal.xmpp'), state: xmpp.state },
    { name: text.t('window.signal.fanout'), state: fanout.state },
  ].filter(({ state }) => state !== 'off');
  const [shown] = ways.sort((a, b) => RANK.indexOf(a.state) - RANK.indexOf(b.state));
  return shown ? text.t('window.signal.line', { name: shown.name, state: signalWord(text, shown.state) }) : text.t('window.signal.none');
}

const RANK: readonly SignalState[] = ['online', 'auth-failed', 'tls-failed', 'connecting', 'offline', 'off'];

export const signalWord = (text: Text, state: SignalState): string => text.t(`window.signal.state.${state}`);
