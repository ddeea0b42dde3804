import { KeyCap } from '../components/Button.tsx';
import { Icon, type IconName } from '../components/Icon.tsx';
import { useKey } from '../components/use-key.ts';
import { routeHash } from '../route.ts';
import { WindowControls } from '../shell/WindowControls.tsx';
import { useShowSheet, useText, useWindow } from '../window-context.tsx';
import { AppMark } from './AppMark.tsx';
import './welcome.css';

type Choice = 'join' | 'keep' | 'clone';
const CHOICES: readonly { readonly key: Choice; readonly icon: IconName }[] = [
  { key: 'keep', icon: 'folder' },
  { key: 'clone', icon: 'down' },
  { key: 'join', icon: 'laptop' },
];

/** The first thing seen, and what Home is while no folder is watched. */
export function WelcomeView() {
  const text = useText();
  return (
    <div className="welcome">
      <div className="welcome-frame">
        <WindowControls />
      </div>
      <main className="welcome-main">
        <AppMark />
        <h1>{text.t('window.welcome.title')}</h1>
        <p className="dim">{text.t('window.welcome.detail')}</p>
        <div className="welcome-choices">
          {CHOICES.map((choice, at) => (
            <ChoiceButton key={choice.key} choice={choice} digit={String(at + 1)} />
          ))}
        </div>
        <div className="welcome-drop">
          <Icon name="down" />
          {text.t('window.welcome.drop')}
        </div>
        <p className="welcome-mirrors dim">
          {text.t('window.welcome.mirrors')}{' '}
          <a className="link" href={routeHash({ view: 'mirrors' })}>
            {text.t('window.welcome.mirrors-link')}
          </a>
        </p>
      </main>
      <footer className="welcome-foot meta">
        <span>
          {text.t('window.welcome.import')}{' '}
          <a className="link" href={routeHash({ view: 'settings', at: 'import' })}>
            {text.t('window.welcome.import-link')}
          </a>
        </span>
        <span>{text.t('window.welcome.nothing-leaves')}</span>
      </footer>
    </div>
  );
}

function ChoiceButton({ choice: { key, icon }, digit }: { readonly choice: (typeof CHOICES)[number]; readonly digit: string }) {
  const text = useText();
  const choose = useChoose();
  useKey(digit, () => choose(key));
  return (
    <button type="button" className="welcome-choice" aria-keyshortcuts={digit} onClick={() => choose(key)}>
      <Icon name={icon} size={20} />
      <span className="grow">
        <b>{text.t(`window.welcome.choice.${key}.title`)}</b>
        <span>{text.t(`window.welcome.choice.${key}.detail`)}</span>
      </span>
      <KeyCap keys={digit} />
      <Icon name="right" />
    </button>
  );
}

function useChoose(): (choice: Choice) => void {
  const { client, sheets } = useWindow();
  const showSheet = useShowSheet();
  return (choice) => {
    if (choice === 'join') return showSheet({ kind: 'join' });
    if (choice === 'clone') return showSheet({ kind: 'add', url: '' });
    void client.invoke('shell.pick-folder', {}).then((answer) => {
      const path = answer.ok ? answer.value.path : '';
      // Dismissed: nothing was asked for. Where there is no dialog, the path can still be typed.
      if (path !== null) sheets.getState().show({ kind: 'add', path });
    });
  };
}
