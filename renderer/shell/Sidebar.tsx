import type { ReactNode } from 'react';
import type { FolderState } from '../../shared/app-state.ts';
import { folderWord } from '../../shared/text/folder-text.ts';
import { waitingInMirrors } from '../../shared/mirror-standing.ts';
import { Icon, type IconName } from '../components/Icon.tsx';
import { Mark } from '../components/Mark.tsx';
import { sidebarMark } from '../../shared/folder-mark.ts';
import { useSteadyMark } from '../folders/use-steady-mark.ts';
import { useRoute } from '../navigation.ts';
import { routeHash, type Route } from '../route.ts';
import { signalLine } from '../settings/signal-words.ts';
import { useFolders, useIsStale, useSight, useText } from '../window-context.tsx';
import './sidebar.css';

export function Sidebar() {
  const text = useText();
  const route = useRoute();
  const folders = useFolders();
  const signal = useSight(({ state }) => state?.signal);
  const conflicts = folders.reduce((count, folder) => count + folder.conflicts.length, 0);
  const waiting = useSight(({ state }) => waitingInMirrors(state?.mirrors ?? []));
  return (
    <nav className="sidebar" aria-label={text.t('window.nav.label')}>
      <div className="brand">
        <Mark name="in-step" size={20} />
        <span className="when-wide">{text.t('window.name')}</span>
      </div>
      <NavLink to={{ view: 'home' }} icon="home" word={text.t('window.nav.home')} isHere={route.view === 'home' || route.view === 'add'} />
      <NavLink to={{ view: 'conflicts' }} mark="conflict" word={text.t('window.nav.conflicts')} isHere={route.view === 'conflicts'} end={conflicts > 0 && <b className="nav-count">{conflicts}</b>} />
      <NavLink to={{ view: 'history' }} icon="history" word={text.t('window.nav.history')} isHere={route.view === 'history'} />
      <NavLink to={{ view: 'mirrors' }} icon="grid" word={text.t('window.nav.mirrors')} isHere={route.view === 'mirrors'} end={waiting > 0 && <b className="nav-count">{waiting}</b>} />
      <NavLink to={{ view: 'activity' }} icon="activity" word={text.t('window.nav.activity')} isHere={route.view === 'activity'} />
      <div className="nav-folders when-wide">
        {folders.length > 0 && <h2 className="nav-head">{text.t('window.nav.folders')}</h2>}
        {folders.map((folder) => (
          <FolderLink key={folder.id} folder={folder} isHere={route.view === 'folder' && route.id === folder.id} />
        ))}
      </div>
      <div className="grow" />
      <NavLink to={{ view: 'settings' }} icon="signal" word={text.t('window.nav.signals')} detail={signal ? signalLine(text, signal) : undefined} isHere={false} />
      <NavLink to={{ view: 'settings' }} icon="settings" word={text.t('window.nav.settings')} isHere={route.view === 'settings'} />
    </nav>
  );
}

function FolderLink({ folder, isHere }: { readonly folder: FolderState; readonly isHere: boolean }) {
  const text = useText();
  const isStale = useIsStale();
  const steady = useSteadyMark(sidebarMark(folder));
  return (
    <NavLink
      to={{ view: 'folder', id: folder.id }}
      icon="folder"
      word={folder.name}
      isHere={isHere}
      end={steady && <Mark name={steady} size={14} stale={isStale} label={steady === 'held' ? text.t('folders.held', { count: folder.held.length }) : folderWord(text, folder)} />}
    />
  );
}

interface NavLinkProps {
  readonly to: Route;
  readonly word: string;
  readonly icon?: IconName;
  readonly mark?: 'conflict';
  readonly detail?: string | undefined;
  readonly isHere: boolean;
  readonly end?: ReactNode;
}

const NavLink = ({ to, word, icon, mark, detail, isHere, end }: NavLinkProps) => (
  <a className="nav-link" href={routeHash(to)} title={detail ? `${word}: ${detail}` : word} {...(isHere ? { 'aria-current': 'page' } : {})}>
    {icon && <Icon name={icon} />}
    {mark && (
      <span className="nav-mark">
        <Mark name={mark} stale />
      </span>
    )}
    <span className="when-wide nav-word clip">
      {word}
      {detail && <small className="clip">{detail}</small>}
    </span>
    {end && <span className="nav-end">{end}</span>}
  </a>
);
