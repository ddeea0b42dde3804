import { ActivityView } from '../activity/ActivityView.tsx';
import { ConflictsView } from '../conflicts/ConflictsView.tsx';
import { FolderView } from '../folders/FolderView.tsx';
import { HistoryView } from '../history/HistoryView.tsx';
import { HomeView } from '../home/HomeView.tsx';
import { MirrorsView } from '../mirrors/MirrorsView.tsx';
import { useRoute } from '../navigation.ts';
import type { Route } from '../route.ts';
import { SettingsView } from '../settings/SettingsView.tsx';
import { useSight } from '../window-context.tsx';
import { WelcomeView } from '../welcome/WelcomeView.tsx';
import { FolderDrop } from './FolderDrop.tsx';
import { NoticeCorner } from './NoticeCorner.tsx';
import { Sheets } from './Sheets.tsx';
import { Sidebar } from './Sidebar.tsx';
import { StaleBanner } from './StaleBanner.tsx';
import { TopBar } from './TopBar.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { useTheme } from './use-theme.ts';
import './main-window.css';

export function MainWindow() {
  const route = useRoute();
  const isEmpty = useSight(({ state }) => state !== null && state.ready && state.folders.length === 0 && state.mirrors.length === 0);
  useShortcuts();
  useTheme();
  const isWelcome = isEmpty && (route.view === 'home' || route.view === 'add');
  return (
    <FolderDrop>
      {isWelcome ? (
        <WelcomeView />
      ) : (
        <div className="main-window">
          <Sidebar />
          <div className="main-column">
            <TopBar />
            <StaleBanner />
            <div className="view">
              <View route={route} />
            </div>
          </div>
        </div>
      )}
      <Sheets />
      <NoticeCorner />
    </FolderDrop>
  );
}

function View({ route }: { readonly route: Route }) {
  switch (route.view) {
    case 'folder':
      return <FolderView key={route.id} id={route.id} tab={route.tab ?? 'overview'} />;
    case 'conflicts':
      return <ConflictsView folder={route.id} chosen={route.conflict} />;
    case 'history':
      return <HistoryView folder={route.id} path={route.path} commit={route.commit} />;
    case 'activity':
      return <ActivityView />;
    case 'mirrors':
      return <MirrorsView mirror={route.id} repo={route.repo} />;
    case 'settings':
      return <SettingsView />;
    case 'home':
    case 'add':
    case 'message':
      return <HomeView />;
  }
}
