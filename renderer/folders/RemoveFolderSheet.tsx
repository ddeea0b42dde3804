import { Button } from '../components/Button.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { goTo } from '../navigation.ts';
import { useFolder, useRun, useText } from '../window-context.tsx';

/** Removing touches no file; it is asked about because it ends the watching. */
export function RemoveFolderSheet({ folder: id, onClose }: { readonly folder: string; readonly onClose: () => void }) {
  const text = useText();
  const run = useRun();
  const name = useFolder(id)?.name ?? id;
  const remove = async () => {
    const answer = await run('folder.remove', { id }, text.t('window.remove.done', { name }));
    onClose();
    if (answer.ok) goTo({ view: 'home' });
  };
  return (
    <Sheet title={text.t('window.remove.title', { name })} isOpen onClose={onClose} isNarrow>
      <p className="dim">{text.t('window.remove.detail')}</p>
      <div className="sheet-actions">
        <Button isBig autoFocus onPress={onClose}>
          {text.t('window.cancel')}
        </Button>
        <Button isBig kind="danger" onPress={() => void remove()}>
          {text.t('window.remove.button')}
        </Button>
      </div>
    </Sheet>
  );
}
