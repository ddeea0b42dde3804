import { useState, type FormEvent } from 'react';
import { Button } from '../components/Button.tsx';
import { Field } from '../components/Field.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { useFolder, useWindow } from '../window-context.tsx';

interface AddressSheetProps {
  readonly folder: string;
  readonly onClose: () => void;
}

/** Where the folder's changes go: its first server, or another one. */
export function AddressSheet({ folder: id, onClose }: AddressSheetProps) {
  const { text, client, notices } = useWindow();
  const folder = useFolder(id);
  const [url, setUrl] = useState(folder?.remote ?? '');
  const [error, setError] = useState<string>();
  const [isPending, setPending] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    const answer = await client.invoke('folder.address', { id, url: url.trim() });
    setPending(false);
    if (!answer.ok) return setError(answer.failure.message);
    notices.getState().show({ tone: 'done', sentence: text.t('window.address.done', { name: answer.value.name, remote: answer.value.remote ?? '' }) });
    onClose();
  };
  return (
    <Sheet title={text.t('window.address.title', { name: folder?.name ?? '' })} isOpen onClose={onClose}>
      <form className="sheet-form" onSubmit={(event) => void submit(event)}>
        <p className="dim">{text.t('window.address.detail')}</p>
        <Field
          label={text.t('window.add.url')}
          value={url}
          onChange={(typed) => {
            setUrl(typed);
            setError(undefined);
          }}
          isCode
          autoFocus
          hint={text.t('window.add.url-hint')}
          error={error}
        />
        <div className="sheet-actions">
          <Button isBig onPress={onClose}>
            {text.t('window.cancel')}
          </Button>
          <Button isBig kind="primary" type="submit" isDisabled={url.trim() === ''} isPending={isPending}>
            {text.t('window.address.button')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
