import { Button } from '../../components/Button.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import type { MirrorSummary } from '../../../shared/mirror.ts';
import type { Text } from '../../../shared/text/text.ts';
import { goTo } from '../../navigation.ts';
import { useSight, useText } from '../../window-context.tsx';

interface RunStepProps {
  readonly mirror: string;
  readonly onClose: () => void;
}

/** How far the first run is. It needs nobody: the sheet may be closed. */
export function RunStep({ mirror: id, onClose }: RunStepProps) {
  const text = useText();
  const mirror = useSight(({ state }) => state?.mirrors.find((each) => each.id === id));
  const show = () => {
    onClose();
    goTo({ view: 'mirrors' });
  };
  return (
    <Sheet title={mirror?.name ?? text.t('window.wizard.run.title')} isOpen onClose={show}>
      <div className="first-run" role="status">
        <p>{mirror ? sentence(text, mirror) : text.t('window.wizard.run.starting')}</p>
        {mirror?.running && mirror.running.total > 0 && <progress aria-label={text.t('window.mirrors.progress', { mirror: mirror.name })} value={mirror.running.done} max={mirror.running.total} />}
      </div>
      <p className="meta">{text.t('window.wizard.run.detail')}</p>
      <div className="sheet-actions">
        <Button isBig kind="primary" autoFocus onPress={show}>
          {text.t('window.wizard.run.show')}
        </Button>
      </div>
    </Sheet>
  );
}

function sentence(text: Text, { running, lastRunAt, counts, waiting }: MirrorSummary): string {
  if (running && running.total > 0) return text.t('window.wizard.run.progress', { done: running.done, total: running.total });
  if (running || lastRunAt === null) return text.t('window.wizard.run.starting');
  const done = text.t('window.wizard.run.done', { count: counts['in-sync'] ?? 0 });
  return waiting.total > 0 ? `${done} ${text.t('window.wizard.run.waits', { count: waiting.total })}` : done;
}
