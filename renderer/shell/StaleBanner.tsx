import { clockTime, relativeTime } from '../../shared/text/times.ts';
import { refresh } from '../app-state-store.ts';
import { useNow } from '../clock.ts';
import { Button } from '../components/Button.tsx';
import { Mark } from '../components/Mark.tsx';
import { useSight, useWindow } from '../window-context.tsx';
import './stale-banner.css';

const LOOK_AGAIN_MS = 5000;

/** Said above everything while the engine is silent: what is shown stays, and says how old it is. */
export function StaleBanner() {
  const silentSinceMs = useSight((sight) => sight.silentSinceMs);
  return silentSinceMs === null ? null : <Banner sinceMs={silentSinceMs} />;
}

function Banner({ sinceMs }: { readonly sinceMs: number }) {
  const { text, client, sight } = useWindow();
  const nowMs = useNow(LOOK_AGAIN_MS);
  return (
    <div className="stale-banner" role="alert">
      <Mark name="stopped" />
      <p>
        <b>{text.t('window.stale.title', { ago: relativeTime(text, sinceMs, nowMs) })}</b> {text.t('window.stale.detail', { clock: clockTime(text, sinceMs) })}
      </p>
      <Button onPress={() => void refresh(sight, client)}>{text.t('window.stale.button')}</Button>
    </div>
  );
}
