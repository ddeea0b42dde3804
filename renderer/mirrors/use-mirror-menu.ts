import type { MirrorSummary } from '../../shared/mirror.ts';
import type { MenuEntry } from '../components/Menu.tsx';
import { useRun, useShowSheet, useText } from '../window-context.tsx';
import { useMirrorActions } from './use-mirror-actions.ts';

/** Everything that can be done with a mirror as a whole. */
export function useMirrorMenu(mirror: MirrorSummary): MenuEntry[] {
  const text = useText();
  const ask = useRun();
  const showSheet = useShowSheet();
  const { run, check, open } = useMirrorActions();
  const { id, name, target } = mirror;
  const place = { id, name, repo: null };
  const isPaused = mirror.state === 'paused';
  return [
    { key: 'run', icon: 'sync', word: text.t('window.mirrors.run'), run: () => run(place) },
    { key: 'check', icon: 'check', word: text.t('window.mirrors.check'), run: () => check(place) },
    { key: 'preview', icon: 'search', word: text.t('window.mirrors.preview'), run: () => showSheet({ kind: 'mirror-plan', mirror: id }) },
    { key: 'pause', icon: isPaused ? 'resume' : 'pause', word: text.t(isPaused ? 'window.mirrors.resume' : 'window.mirrors.pause'), run: () => void ask('mirror.set', { id, options: { paused: !isPaused } }) },
    ...(target.startsWith('/') ? [{ key: 'open', icon: 'open' as const, word: text.t('window.mirrors.open'), run: () => open(place) }] : []),
    { key: 'settings', icon: 'settings', word: text.t('window.mirrors.settings.open'), run: () => showSheet({ kind: 'mirror-settings', mirror: id }) },
    { key: 'remove', icon: 'remove', word: text.t('window.mirrors.remove.open'), isDangerous: true, startsGroup: true, run: () => showSheet({ kind: 'mirror-remove', mirror: id }) },
  ];
}
