import { Fragment } from 'react';
import { KeyCap } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { useRoute } from '../navigation.ts';
import { routeHash } from '../route.ts';
import { useFolders, useShowSheet, useText } from '../window-context.tsx';
import { crumbs, type Crumb } from './crumbs.ts';
import { WindowControls } from './WindowControls.tsx';
import './top-bar.css';

export function TopBar() {
  const text = useText();
  const route = useRoute();
  const folders = useFolders();
  const showSheet = useShowSheet();
  return (
    <header className="top-bar">
      <Crumbs trail={crumbs(text, route, folders)} />
      <div className="grow" />
      <button type="button" className="find" aria-keyshortcuts="Control+K" onClick={() => showSheet({ kind: 'palette' })}>
        <Icon name="search" />
        <span className="clip">{text.t('window.palette.open')}</span>
        <KeyCap keys="Ctrl K" />
      </button>
      <WindowControls />
    </header>
  );
}


const Crumbs = ({ trail }: { readonly trail: readonly Crumb[] }) => (
  <div className="crumbs">
    {trail.map(({ word, to, isQuiet }, at) => (
      <Fragment key={word}>
        {at > 0 && !isQuiet && <Icon name="right" className="crumb-arrow" />}
        {to ? (
          <a className="crumb quiet" href={routeHash(to)}>
            {word}
          </a>
        ) : (
          <span className={isQuiet ? 'crumb quiet clip' : 'crumb clip'}>{word}</span>
        )}
      </Fragment>
    ))}
  </div>
);
