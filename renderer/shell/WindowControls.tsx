import { IconButton } from '../components/Button.tsx';
import { useRun, useText } from '../window-context.tsx';

/** The window has no frame of the system's own. */
export function WindowControls() {
  const text = useText();
  const run = useRun();
  const act = (action: 'minimise' | 'maximise' | 'close') => () => void run('shell.window', { action });
  return (
    <div className="window-controls">
      <IconButton icon="minimise" label={text.t('window.frame.minimise')} onPress={act('minimise')} hasTooltip={false} />
      <IconButton icon="maximise" label={text.t('window.frame.maximise')} onPress={act('maximise')} hasTooltip={false} />
      <IconButton icon="close" label={text.t('window.frame.close')} onPress={act('close')} hasTooltip={false} />
    </div>
  );
}
