import { useEffect } from 'react';
import { headline } from '../../shared/text/headline.ts';
import { waitingItems } from '../../shared/text/waiting-items.ts';
import { useNow } from '../clock.ts';
import { Headline } from '../components/Headline.tsx';
import { goTo, useRoute } from '../navigation.ts';
import { useAppState, useIsStale, useShowSheet, useText } from '../window-context.tsx';
import { FolderList } from './FolderList.tsx';
import { FolderListSkeleton } from './FolderListSkeleton.tsx';
import { HomeRail } from './HomeRail.tsx';
import { WaitsPanel } from './WaitsPanel.tsx';
import './home.css';

export function HomeView() {
  const text = useText();
  const state = useAppState();
  const isStale = useIsStale();
  const nowMs = useNow();
  useAddRoute();
  if (!state) return <FolderListSkeleton />;
  const { title, detail } = headline(text, state, nowMs);
  const waits = waitingItems(text, state, nowMs);
  return (
    <div className="with-rail">
      <main className={isStale ? 'home stale' : 'home'}>
        <Headline title={title} detail={detail} />
        {waits.length > 0 && <WaitsPanel items={waits} />}
        <FolderList state={state} isStale={isStale} />
      </main>
      <HomeRail state={state} />
    </div>
  );
}

/** `#/add?url=…` from outside: the sheet opens, filled in, and the address goes back to Home. */
function useAddRoute(): void {
  const route = useRoute();
  const showSheet = useShowSheet();
  const url = route.view === 'add' ? (route.url ?? '') : null;
  useEffect(() => {
    if (url === null) return;
    showSheet({ kind: 'add', ...(url ? { url } : {}) });
    goTo({ view: 'home' }, { replace: true });
  }, [url, showSheet]);
}
