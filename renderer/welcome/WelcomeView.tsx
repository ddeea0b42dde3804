import { useEffect } from 'react';
import { KeyCap } from '../components/Button.tsx';
import { Icon, type IconName } from '../components/Icon.tsx';
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
  const choose = useChoose();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const choice = CHOICES[Number(event.key) - 1];
      if (!choice || event.ctrlKey || event.altKey || event.metaKey || document.querySelector('[role=dialog]')) return;
      event.preventDefault();
      choose(choice.key);
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [choose]);
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
          {CHOICES.map(({ key, icon }, at) => (
            <button key={key} type="button" className="welcome-choice" aria-keyshortcuts={String(at + 1)} onClick={() => choose(key)}>
              <Icon name={icon} size={20} />
              <span className="grow">
                <b>{text.t(`window.welcome.choice.${key}.title`)}</b>
                <span>{text.t(`window.welcome.choice.${key}.detail`)}</span>
              </span>
              <KeyCap keys={String(at + 1)} />
              <Icon name="right" />
            </button>
          ))}
        </div>
        <div className="welcome-drop">
          <Icon name="down" />
          {text.t('window.welcome.drop')}
        </div>
      </main>
      <footer className="welcome-foot meta">
        <span>
          {text.t('window.welcome.import')}{' '}
          <a className="link" href={routeHash({ view: 'settings' })}>
            {text.t('window.welcome.import-link')}
          </a>
        </span>
        <span>{text.t('window.welcome.nothing-leaves')}</span>
      </footer>
    </div>
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
