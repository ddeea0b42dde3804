import type { MirrorSummary } from '../../shared/mirror.ts';
import { Button } from '../components/Button.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { goTo } from '../navigation.ts';
import { useRun, useText } from '../window-context.tsx';

/** Removing touches no copy; it is asked about because the looking ends. */
export function RemoveMirrorSheet({ mirror: { id, name, how }, onClose }: { readonly mirror: MirrorSummary; readonly onClose: () => void }) {
  const text = useText();
  const run = useRun();
  const remove = async () => {
    const answer = await run('mirror.remove', { id }, text.t('window.mirrors.remove.done', { mirror: name }));
    onClose();
    if (answer.ok) goTo({ view: 'mirrors' });
  };
  return (
    <Sheet title={text.t('window.mirrors.remove.title', { mirror: name })} isOpen onClose={onClose} isNarrow>
      <p className="dim">{text.t('window.mirrors.remove.detail')}</p>
      {how === 'hook' && <p className="dim">{text.t('window.mirrors.remove.hook')}</p>}
      <div className="sheet-actions">
        <Button isBig autoFocus onPress={onClose}>
          {text.t('window.cancel')}
        </Button>
        <Button isBig kind="danger" onPress={() => void remove()}>
          {text.t('window.mirrors.remove.button')}
        </Button>
      </div>
    </Sheet>
  );
}
