import { MessagePopup } from './commit-popup/MessagePopup.tsx';
import { useRoute } from './navigation.ts';
import { MainWindow } from './shell/MainWindow.tsx';

/** One page serves both windows; the address says which this is. */
export function LockstepWindow() {
  const route = useRoute();
  return route.view === 'message' ? <MessagePopup folder={route.id} /> : <MainWindow />;
}
