import { useAppState, useText } from '../window-context.tsx';
import { AccountsPanel } from '../mirrors/AccountsPanel.tsx';
import { WebhookPanel } from '../mirrors/WebhookPanel.tsx';
import { AboutPanel } from './AboutPanel.tsx';
import { ChecksPanel } from './ChecksPanel.tsx';
import { LookPanel } from './LookPanel.tsx';
import { SignalsPanel } from './SignalsPanel.tsx';
import './settings.css';

const SECTIONS = ['signals', 'accounts', 'webhook', 'look', 'checks', 'about'] as const;

/** The program's own settings. Each is applied at once. */
export function SettingsView() {
  const text = useText();
  const state = useAppState();
  if (!state) return <main aria-busy="true" />;
  const title = (section: (typeof SECTIONS)[number]) => text.t(`window.settings.section.${section}`);
  return (
    <div className="settings">
      <nav className="settings-nav" aria-label={text.t('window.settings.sections')}>
        {SECTIONS.map((section) => (
          <button key={section} type="button" className="settings-link" onClick={() => document.getElementById(`settings-${section}`)?.scrollIntoView({ block: 'start' })}>
            {title(section)}
          </button>
        ))}
        <span className="grow" />
        <p className="meta">{text.t('window.settings.note')}</p>
      </nav>
      <main className="settings-main">
        <h1 className="seen-by-readers-only">{text.t('window.nav.settings')}</h1>
        <SignalsPanel title={title('signals')} id="settings-signals" signal={state.signal} />
        <AccountsPanel title={title('accounts')} id="settings-accounts" accounts={state.accounts} />
        <WebhookPanel title={title('webhook')} id="settings-webhook" webhook={state.webhook} mirrors={state.mirrors} />
        <LookPanel title={title('look')} id="settings-look" theme={state.appearance.theme} startAtLogin={state.startAtLogin} />
        <ChecksPanel title={title('checks')} id="settings-checks" />
        <AboutPanel title={title('about')} id="settings-about" home={state.home} pid={state.pid} version={state.version} />
      </main>
    </div>
  );
}
